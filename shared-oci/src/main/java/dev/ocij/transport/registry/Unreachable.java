package dev.ocij.transport.registry;

import dev.ocij.spec.OciException;
import java.io.IOException;

/// A request that got no answer: the cause stays an [IOException] for those who try again, with a
/// sentence that names what was attempted.
final class Unreachable extends IOException {
  private Unreachable(String sentence, IOException cause) {
    super(sentence, cause);
  }

  static <T> T explain(String attempt, String host, Exchange<T> exchange) throws IOException {
    try {
      return exchange.run();
    } catch (IOException e) {
      throw new Unreachable("%s: %s: %s".formatted(attempt, host, e.getMessage()), e);
    } catch (OciException e) {
      throw e.during(attempt);
    }
  }

  /// One request and its answer.
  interface Exchange<T> {
    T run() throws IOException;
  }

  /// What happened, without what we were about.
  static IOException reason(IOException e) {
    return e instanceof Unreachable && e.getCause() instanceof IOException cause ? cause : e;
  }
}
