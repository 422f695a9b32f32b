package dev.ocij.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A socket to a file, for what knows sockets only. Whatever address it is to connect to, it is the
/// file.
final class UnixSocket extends Socket {
  private final Path file;
  private final SocketChannel channel;

  UnixSocket(Path file) throws IOException {
    super();
    this.file = file;
    this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    channel.connect(UnixDomainSocketAddress.of(file));
  }

  @Override
  public InputStream getInputStream() {
    return Channels.newInputStream(channel);
  }

  @Override
  public OutputStream getOutputStream() {
    return Channels.newOutputStream(channel);
  }

  /// Whoever wants an end to silence closes the socket.
  @Override
  public void setSoTimeout(int timeout) {}

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
