package dev.ocij.buildah.container;

import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Healthcheck;
import java.time.Duration;
import java.util.List;

/// One change of a health check.
@FunctionalInterface
public interface HealthEdit {
  Healthcheck apply(Healthcheck before);

  /// The check that is there, or one that says nothing.
  static Healthcheck of(ContainerConfig.Draft draft) {
    var there = draft.healthcheck;
    return there == null ? new Healthcheck(List.of(), 0, 0, 0, 0, 0) : there;
  }

  static HealthEdit test(List<String> test) {
    return old ->
        new Healthcheck(
            test,
            old.interval(),
            old.timeout(),
            old.startPeriod(),
            old.startInterval(),
            old.retries());
  }

  static HealthEdit interval(Duration time) {
    return old ->
        new Healthcheck(
            old.test(),
            time.toNanos(),
            old.timeout(),
            old.startPeriod(),
            old.startInterval(),
            old.retries());
  }

  static HealthEdit timeout(Duration time) {
    return old ->
        new Healthcheck(
            old.test(),
            old.interval(),
            time.toNanos(),
            old.startPeriod(),
            old.startInterval(),
            old.retries());
  }

  static HealthEdit startPeriod(Duration time) {
    return old ->
        new Healthcheck(
            old.test(),
            old.interval(),
            old.timeout(),
            time.toNanos(),
            old.startInterval(),
            old.retries());
  }

  static HealthEdit startInterval(Duration time) {
    return old ->
        new Healthcheck(
            old.test(),
            old.interval(),
            old.timeout(),
            old.startPeriod(),
            time.toNanos(),
            old.retries());
  }

  static HealthEdit retries(int count) {
    return old ->
        new Healthcheck(
            old.test(),
            old.interval(),
            old.timeout(),
            old.startPeriod(),
            old.startInterval(),
            count);
  }
}
