package dev.ocij.http;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// A request that got no answer: the cause stays an [IOException] for those who try again, with a
/// sentence that names what was attempted.
public final class Unreachable extends IOException {
  private Unreachable(String sentence, IOException cause) {
    super(sentence, cause);
  }

  /// Runs an exchange; what keeps it from being answered is told by a sentence that begins with the
  /// attempt and names the host.
  public static <T> T explain(String attempt, String host, Exchange<T> exchange)
      throws IOException {
    try {
      return exchange.run();
    } catch (IOException e) {
      throw during(attempt, host, e);
    } catch (OciException e) {
      throw e.during(attempt);
    }
  }

  private static String hint(IOException e) {
    var found = String.valueOf(e.getMessage());
    if (!(e instanceof SSLException)) {
      return "";
    }
    if (found.startsWith("Unsupported or unrecognized")) {
      return "; it speaks no TLS, and only --tls-verify=false allows plain HTTP";
    }
    return found.contains("PKIX")
        ? "; an authority that its certificate comes from can be named by --cert-dir"
        : "";
  }

  /// What [#explain] throws for this cause.
  public static Unreachable during(String attempt, String host, IOException cause) {
    var where = attempt.contains(host) ? "" : host + ": ";
    return new Unreachable(
        "%s: %s%s%s".formatted(attempt, where, found(cause), hint(cause)), cause);
  }

  /// What came of a request, for a person.
  public static String found(IOException cause) {
    if (cause instanceof UnknownHostException) {
      return "no such host"; // what the machine says of it is there the first time only
    }
    if (cause instanceof ConnectException && cause.getCause() instanceof IOException refused) {
      return Reason.of(refused).toLowerCase(Locale.ROOT);
    }
    return Reason.of(cause);
  }

  /// One request and its answer.
  public interface Exchange<T> {
    T run() throws IOException;
  }

  /// What happened, without what we were about.
  public static IOException reason(IOException e) {
    return e instanceof Unreachable && e.getCause() instanceof IOException cause ? cause : e;
  }
}
