package dev.ocij.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/// A server whose answers are written byte for byte, right or wrong: one a connection. Without a
/// certificate, TLS is refused at once.
public final class RawServer implements AutoCloseable {
  private static final int TLS_HANDSHAKE = 0x16;

  private final Listener listener;
  private final Answer answer;
  private final AtomicInteger requests = new AtomicInteger();

  private RawServer(ServerSocketFactory sockets, Answer answer) {
    this.answer = answer;
    this.listener = Listener.serving(sockets, this::serve);
  }

  /// What answers a request. An exception ends the connection, as the client's end does.
  @FunctionalInterface
  public interface Answer {
    void write(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  /// The head of a request.
  ///
  /// @param host what is asked
  /// @param target the path with its query
  /// @param body what comes behind the head, unread
  public record Request(String host, String method, String target, InputStream body) {}

  public static RawServer answering(Answer answer) {
    return answering(ServerSocketFactory.getDefault(), answer);
  }

  /// @param sockets those of a certificate for TLS
  public static RawServer answering(ServerSocketFactory sockets, Answer answer) {
    return new RawServer(sockets, answer);
  }

  /// The name that a reference begins with.
  public String host() {
    return listener.host();
  }

  /// How many requests came.
  public int requests() {
    return requests.get();
  }

  /// Writes text as it stands in an answer, lines ending as HTTP wants it.
  public static void write(OutputStream out, String text) throws IOException {
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    var in = new BufferedInputStream(client.getInputStream());
    in.mark(1);
    if (in.read() == TLS_HANDSHAKE) {
      return;
    }
    in.reset();
    var words = line(in).split(" ");
    while (!line(in).isEmpty()) {
      // nobody wants to know what is asked for
    }
    requests.incrementAndGet();
    answer.write(new Request(host(), words[0], words[1], in), client.getOutputStream());
    client.shutdownOutput();
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the request ends in its head");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
