package dev.ocij.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A way to a server that breaks in the middle of what a client sends: each connection after so
/// many bytes, until that happened so many times. What came before goes on to the server. TLS is
/// refused at once, where some servers of plain HTTP wait for more of what they take for a request.
public final class CuttingProxy implements AutoCloseable {
  private static final int BUFFER = 1 << 14;
  private static final int TLS_HANDSHAKE = 0x16;

  private final Listener listener;
  private final String server;
  private final long limit;
  private final AtomicInteger cuts;
  private final AtomicLong sent = new AtomicLong();

  private CuttingProxy(String server, long limit, int times) {
    this.server = server;
    this.limit = limit;
    this.cuts = new AtomicInteger(times);
    this.listener = Listener.serving(this::serve);
  }

  /// @param server as `127.0.0.1:PORT`
  public static CuttingProxy before(String server, long limit, int times) {
    return new CuttingProxy(server, limit, times);
  }

  /// The name that a reference begins with.
  public String host() {
    return listener.host();
  }

  /// The bytes that clients sent, all connections together.
  public long sent() {
    return sent.get();
  }

  /// How often it is still going to break.
  public int left() {
    return cuts.get();
  }

  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    int colon = server.indexOf(':');
    var host = server.substring(0, colon);
    var in = new PushbackInputStream(client.getInputStream());
    int first = in.read();
    if (first == TLS_HANDSHAKE || first < 0) {
      return;
    }
    in.unread(first);
    try (var upstream = new Socket(host, Integer.parseInt(server.substring(colon + 1)))) {
      var answers = Thread.ofVirtual().start(() -> Listener.pass(upstream, client));
      forward(in, upstream.getOutputStream());
      upstream.shutdownOutput();
      answers.join();
    }
  }

  private void forward(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[BUFFER];
    long passed = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      sent.addAndGet(read);
      passed += read;
      out.write(buffer, 0, read);
      if (passed > limit && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("cut");
      }
    }
  }
}
