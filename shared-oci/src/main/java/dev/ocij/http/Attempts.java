package dev.ocij.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// The attempts at one thing: pauses that double from half a second with jitter, or that the server
/// asked for, until there have been enough. Not for several threads.
public final class Attempts {
  private static final int MOST = 5;

  /// A silent server costs its whole time limit each time.
  private static final int MOST_TIMEOUTS = 1;

  private static final long MUCH = 1 << 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration LONGEST_IN_SUM = Duration.ofMinutes(5);

  private static final ScopedValue<Optional<Attempts>> SHARED = ScopedValue.newInstance();

  private final Retries retries;
  private int failures;
  private int timeouts;
  private Duration waited = Duration.ZERO;

  Attempts(Retries retries) {
    this.retries = retries;
  }

  /// Makes requests that are all made again as often as these attempts allow, on this thread.
  public <T> T share(Unreachable.Exchange<T> requests) throws IOException {
    return ScopedValue.where(SHARED, Optional.of(this)).call(requests::run);
  }

  /// Makes requests that share nothing, in the midst of one that may: of a token for it, or of what
  /// it sends.
  public static <T> T apart(Unreachable.Exchange<T> requests) throws IOException {
    return ScopedValue.where(SHARED, Optional.<Attempts>empty()).call(requests::run);
  }

  /// What the request shares that is on its way on this thread.
  static Optional<Attempts> shared() {
    return SHARED.orElse(Optional.empty());
  }

  /// Waits until the next attempt may be made.
  ///
  /// @param retryAfter the server's wish, in seconds or as a date
  /// @return false where no attempt is left, or the server wants a longer pause than anybody waits
  public boolean again(@Nullable String retryAfter) throws InterruptedIOException {
    var pause = retryAfter == null ? backOff() : wanted(retryAfter);
    if (++failures > MOST
        || pause.compareTo(LONGEST_PAUSE) > 0
        || waited.plus(pause).compareTo(LONGEST_IN_SUM) > 0) {
      return false;
    }
    waited = waited.plus(pause);
    retries.sleeper().sleep(pause);
    return true;
  }

  /// As [#again(String)], after a failure to talk to the server at all.
  ///
  /// @return false also where the same would happen again
  public boolean again(IOException failure) throws InterruptedIOException {
    if (isPermanent(failure)
        || (failure instanceof SocketTimeoutException && ++timeouts > MOST_TIMEOUTS)) {
      return false;
    }
    return again((String) null);
  }

  /// Something got through: what failed before no longer counts. Silence does, unless it was much:
  /// each costs a whole time limit.
  ///
  /// @param bytes how many came since the last time
  public void progress(long bytes) {
    failures = 0;
    if (bytes >= MUCH) {
      timeouts = 0;
    }
  }

  private static boolean isPermanent(IOException failure) {
    return switch (failure) {
      case SocketTimeoutException _ -> false;
      case UnknownHostException _, ConnectException _, NoRouteToHostException _ -> true;
      case InterruptedIOException _, RefusedAddressException _ -> true;
      case SSLHandshakeException _ -> true;
      case SSLException e -> !isBroken(e);
      default -> false;
    };
  }

  /// Whether TLS only tells that the connection below it broke.
  private static boolean isBroken(SSLException failure) {
    return failure.getCause() instanceof SocketException
        || failure.getCause() instanceof EOFException
        || String.valueOf(failure.getMessage()).contains("reset");
  }

  private Duration backOff() {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST));
    return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 10 + 1));
  }

  private Duration wanted(String retryAfter) {
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(retryAfter.strip())));
    } catch (NumberFormatException _) {
      return untilDate(retryAfter.strip());
    }
  }

  private Duration untilDate(String date) {
    try {
      var until = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var pause = Duration.between(retries.clock().instant(), until);
      return pause.isNegative() ? Duration.ZERO : pause;
    } catch (DateTimeException _) {
      return backOff();
    }
  }
}
