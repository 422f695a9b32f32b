package dev.ocij.skopeo.cli;

import dev.ocij.http.Sleeper;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoDuration;
import dev.ocij.transport.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// How often a whole operation is made again, beside what each request is retried by itself.
final class RetryFlags {
  private static final Set<String> FINAL =
      Set.of("UNAUTHORIZED", "DENIED", "NAME_UNKNOWN", "MANIFEST_UNKNOWN");

  private final Supplier<Optional<Integer>> times;
  private final Supplier<Optional<Duration>> delay;
  private final LogLines log;

  RetryFlags(Options options) {
    times = options.number("--retry-times", "try again so many times");
    delay =
        options.value(
            "--retry-delay",
            "DURATION",
            Duration.class,
            GoDuration::parse,
            "the pause before each; 0 for one that doubles");
    log = new LogLines(options);
  }

  /// What the operation answers, the last time at the latest.
  <T> T run(Operation<T> operation) throws IOException {
    int most = times.get().orElse(0);
    for (int attempt = 1; ; attempt++) {
      try {
        return operation.run();
      } catch (IOException | OciException e) {
        if (attempt > most || !mayPass(e) || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        var pause = pause(attempt);
        log.warning(
            "Failed, retrying in %s ... (%d/%d). Error: %s"
                .formatted(GoDuration.text(rounded(pause)), attempt, most, Reason.withFile(e)));
        Sleeper.system().sleep(pause);
      }
    }
  }

  private static boolean mayPass(Exception e) {
    return switch (e) {
      case RegistryException answer ->
          answer.status() == 429
              || answer.status() >= 502
              || (!answer.code().isEmpty() && !FINAL.contains(answer.code()));
      case OciException known -> known.category() == OciException.Category.UNAVAILABLE;
      default -> true;
    };
  }

  private Duration pause(int attempt) {
    var fixed = delay.get().filter(Duration::isPositive);
    if (fixed.isPresent()) {
      return fixed.get();
    }
    var doubled = Duration.ofSeconds(1L << Math.min(attempt - 1, 20));
    return doubled.plusMillis(ThreadLocalRandom.current().nextLong(doubled.toMillis() / 10 + 1));
  }

  /// Without the part that is there to be different each time.
  private static Duration rounded(Duration pause) {
    return pause.toSeconds() > 0 ? pause.truncatedTo(ChronoUnit.SECONDS) : pause;
  }

  /// What may be made again as a whole.
  interface Operation<T> {
    T run() throws IOException;
  }
}
