package dev.ocij.transport.registry;

import dev.ocij.testing.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy that leads every tunnel to one port of this machine.
final class TunnelProxy implements AutoCloseable {
  private final Listener listener;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final int target;
  private final String authorization;

  /// @param authorization what it demands; empty for nothing
  TunnelProxy(int target, String authorization) {
    this.target = target;
    this.authorization = authorization;
    this.listener = Listener.serving(this::serve);
  }

  String url(String user) {
    return "http://" + user + listener.host();
  }

  /// The request lines so far.
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client) throws IOException {
    try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      if (!isWelcome(client.getInputStream())) {
        answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic");
        return;
      }
      answer(client, "200 Connected");
      Thread.startVirtualThread(() -> Listener.pass(client, server));
      Listener.pass(server, client);
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
}
