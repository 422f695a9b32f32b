package dev.ocij.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import okio.AsyncTimeout;

/// The time in which a part of an answer that is read in one go must have come, or one of a request
/// have gone: twice that of silence. After it the connection is closed.
final class PartLimit extends AsyncTimeout {
  private final Socket socket;

  PartLimit(Socket socket, Patience patience) {
    super();
    this.socket = socket;
    timeout(patience.silence().toNanos() * 2, TimeUnit.NANOSECONDS);
  }

  /// What it closes.
  Socket socket() {
    return socket;
  }

  static SocketTimeoutException late(String part, IOException cause) {
    var late = new SocketTimeoutException("%s does not end".formatted(part));
    late.initCause(cause);
    return late;
  }

  /// The time begins with [#enter], which may have happened before or happens in the work.
  ///
  /// @throws SocketTimeoutException where it passed
  <T> T hold(String part, Unreachable.Exchange<T> work) throws IOException {
    try {
      return work.run();
    } catch (IOException e) {
      if (!exit()) {
        throw e;
      }
      throw late(part, e);
    } finally {
      exit();
    }
  }

  /// On a thread of its own, for TLS says good-bye first, and all other limits wait meanwhile.
  @Override
  protected void timedOut() {
    Thread.startVirtualThread(this::close);
  }

  private void close() {
    try {
      // The good-bye cannot be said where nothing that is sent is read.
      socket.setSoLinger(true, 1);
      socket.close();
    } catch (IOException _) {
      // nobody reads from it any more
    }
  }
}
