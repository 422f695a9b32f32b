package dev.ocij.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Sockets whose keys are exchanged in some groups only.
public final class LimitedSockets extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final String[] namedGroups;

  public LimitedSockets(SSLSocketFactory sockets, String... namedGroups) {
    super();
    this.sockets = sockets;
    this.namedGroups = namedGroups;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(Socket below, String host, int port, boolean close)
      throws IOException {
    return limited(sockets.createSocket(below, host, port, close));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return limited(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return limited(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return limited(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return limited(sockets.createSocket(host, port, local, localPort));
  }

  private Socket limited(Socket socket) {
    if (socket instanceof SSLSocket secure) {
      var parameters = secure.getSSLParameters();
      parameters.setNamedGroups(namedGroups);
      secure.setSSLParameters(parameters);
    }
    return socket;
  }
}
