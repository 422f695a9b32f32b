package dev.ocij.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/// Sockets to one file, for what makes its sockets by a factory.
public final class UnixSocketFactory extends SocketFactory {
  private final Path file;

  public UnixSocketFactory(Path file) {
    super();
    this.file = file;
  }

  @Override
  public Socket createSocket() throws IOException {
    return new UnixSocket(file);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw connected();
  }

  private static UnsupportedOperationException connected() {
    return new UnsupportedOperationException("a file has no port");
  }
}
