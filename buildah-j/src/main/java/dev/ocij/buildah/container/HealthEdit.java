package dev.ocij.buildah.container;

import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Healthcheck;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// One change of a health check.
@FunctionalInterface
public interface HealthEdit {
  Duration USUAL = Duration.ofSeconds(30);

  Healthcheck apply(Healthcheck before);

  /// The check that is there, or one that says nothing.
  static Healthcheck of(ContainerConfig.Draft draft) {
    var there = draft.healthcheck;
    return there == null ? new Healthcheck(List.of(), 0, 0, 0, 0, 0) : there;
  }

  /// The check that is there, or one with the times that a first one has.
  static Healthcheck begun(ContainerConfig.Draft draft) {
    return draft.healthcheck == null
        ? new Healthcheck(List.of(), USUAL.toNanos(), USUAL.toNanos(), 0, 0, 3)
        : draft.healthcheck;
  }

  static HealthEdit test(List<String> test) {
    return of(draft -> draft.test = test);
  }

  static HealthEdit interval(Duration time) {
    return of(draft -> draft.interval = time.toNanos());
  }

  static HealthEdit timeout(Duration time) {
    return of(draft -> draft.timeout = time.toNanos());
  }

  static HealthEdit startPeriod(Duration time) {
    return of(draft -> draft.startPeriod = time.toNanos());
  }

  static HealthEdit startInterval(Duration time) {
    return of(draft -> draft.startInterval = time.toNanos());
  }

  static HealthEdit retries(int count) {
    return of(draft -> draft.retries = count);
  }

  private static HealthEdit of(Consumer<Draft> change) {
    return before -> {
      var draft = new Draft(before);
      change.accept(draft);
      return draft.finish();
    };
  }

  /// A check in the making.
  final class Draft {
    private List<String> test;
    private long interval;
    private long timeout;
    private long startPeriod;
    private long startInterval;
    private int retries;

    private Draft(Healthcheck from) {
      test = from.test();
      interval = from.interval();
      timeout = from.timeout();
      startPeriod = from.startPeriod();
      startInterval = from.startInterval();
      retries = from.retries();
    }

    private Healthcheck finish() {
      return new Healthcheck(test, interval, timeout, startPeriod, startInterval, retries);
    }
  }
}
