package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.HealthPlan;
import dev.ocij.spec.Healthcheck;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoDuration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How `run` may be told to find out whether the container is well.
final class HealthFlags {
  private final Supplier<Optional<String>> command;
  private final Supplier<Optional<String>> interval;
  private final Supplier<Optional<String>> timeout;
  private final Supplier<Optional<String>> startPeriod;
  private final Supplier<Optional<String>> retries;
  private final Supplier<Optional<String>> onFailure;
  private final BooleanSupplier none;

  HealthFlags(Options options) {
    command = options.text("--health-cmd", "COMMAND|none", "asks whether the container is well");
    interval = options.text("--health-interval", "TIME|disable", "between two; default: 30s");
    timeout = options.text("--health-timeout", "TIME", "of each; default: 30s");
    startPeriod = options.text("--health-start-period", "TIME", "in which failures do not count");
    retries = options.text("--health-retries", "N", "failures until it is unwell; default: 3");
    onFailure = options.text("--health-on-failure", "none|kill|restart|stop", "what follows then");
    none = options.flag("--no-healthcheck", "not at all, whatever the image says");
  }

  /// What follows where the container is unwell.
  ///
  /// @throws OciException where a value makes no sense
  String onFailure() {
    var action = onFailure.get().orElse("none");
    if (!List.of("none", "kill", "restart", "stop").contains(action)) {
      throw Values.usage(
          "invalid --health-on-failure %s: expected none, kill, restart or stop"
              .formatted(Quoted.of(action)));
    }
    return action;
  }

  /// What was asked for, over what an image says; null where nothing is checked.
  UnaryOperator<@Nullable Healthcheck> check() {
    var test = test();
    boolean others =
        Stream.of(command, interval, timeout, startPeriod, retries)
            .anyMatch(each -> each.get().isPresent());
    if (none.getAsBoolean() && others) {
      throw Values.usage("cannot specify both --no-healthcheck and other health check options");
    }
    long period = time("--health-interval", interval, Duration.ZERO);
    long limit = time("--health-timeout", timeout, Duration.ofSeconds(1));
    long start = time("--health-start-period", startPeriod, Duration.ZERO);
    int failures = retries();
    return image -> {
      if (none.getAsBoolean() || (test == null && image == null)) {
        return null;
      }
      var words = test == null && image != null ? image.test() : test;
      var check = over(image, List.copyOf(words == null ? List.of() : words));
      var asked =
          new Healthcheck(
              check.test(),
              period < 0 ? check.interval() : period,
              limit < 0 ? check.timeout() : limit,
              start < 0 ? check.startPeriod() : start,
              check.startInterval(),
              failures < 0 ? check.retries() : failures);
      return HealthPlan.isCheck(asked) ? asked : null;
    };
  }

  private static Healthcheck over(@Nullable Healthcheck image, List<String> test) {
    var base = image == null ? new Healthcheck(test, 0, 0, 0, 0, 0) : image;
    return HealthPlan.complete(
        new Healthcheck(
            test,
            base.interval(),
            base.timeout(),
            base.startPeriod(),
            base.startInterval(),
            base.retries()));
  }

  /// The words of the check; null for the image's.
  private @Nullable List<String> test() {
    var text = command.get().orElse(null);
    if (text == null) {
      return null;
    }
    if (text.equals("none") || text.isEmpty()) {
      return List.of("NONE");
    }
    return text.startsWith("[") ? words(text) : List.of("CMD-SHELL", text);
  }

  private static List<String> words(String text) {
    try {
      var words = new ArrayList<String>();
      Json.readTree(text.getBytes(StandardCharsets.UTF_8), "--health-cmd")
          .forEach(each -> words.add(each.asText()));
      boolean marked = !words.isEmpty() && words.getFirst().matches("CMD|CMD-SHELL|NONE");
      return marked ? words : Stream.concat(Stream.of("CMD"), words.stream()).toList();
    } catch (OciException _) {
      return List.of("CMD-SHELL", text);
    }
  }

  /// In nanoseconds; −1 where it was not given.
  private static long time(String option, Supplier<Optional<String>> flag, Duration least) {
    var text = flag.get().orElse(null);
    if (text == null) {
      return -1;
    }
    var time = text.equals("disable") ? Duration.ZERO : GoDuration.parse(text);
    if (time.compareTo(least) < 0) {
      throw Values.usage("%s %s: it is at least %ds".formatted(option, text, least.toSeconds()));
    }
    return time.toNanos();
  }

  private int retries() {
    int count = retries.get().map(text -> Values.number(text, "health retries")).orElse(-1);
    if (retries.get().isPresent() && count < 1) {
      throw Values.usage("--health-retries %d: it is at least 1".formatted(count));
    }
    return count;
  }
}
