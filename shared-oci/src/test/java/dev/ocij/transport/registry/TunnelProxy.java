package dev.ocij.transport.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy that leads every tunnel to one port of this machine.
final class TunnelProxy implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final int target;
  private final String authorization;

  /// @param authorization what it demands; empty for nothing
  TunnelProxy(int target, String authorization) throws IOException {
    this.target = target;
    this.authorization = authorization;
    Thread.startVirtualThread(this::accept);
  }

  String url(String user) {
    return "http://%s127.0.0.1:%d".formatted(user, listening.getLocalPort());
  }

  /// The request lines so far.
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    try {
      while (true) {
        var socket = listening.accept();
        Thread.startVirtualThread(() -> serve(socket));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client;
        var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      if (!isWelcome(client.getInputStream())) {
        answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic");
        return;
      }
      answer(client, "200 Connected");
      Thread.startVirtualThread(() -> pass(client, server));
      pass(server, client);
    } catch (IOException _) {
      // one of the two has gone
    }
  }

  private boolean isWelcome(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    asked.add(head.substring(0, head.indexOf("\r\n")));
    return head.indexOf(authorization) >= 0;
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write("HTTP/1.1 %s\r\n\r\n".formatted(status).getBytes(StandardCharsets.US_ASCII));
  }

  private static void pass(Socket from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
      to.shutdownOutput();
    } catch (IOException _) {
      // one of the two has gone
    }
  }
}
