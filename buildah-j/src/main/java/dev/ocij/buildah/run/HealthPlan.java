package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Healthcheck;
import dev.ocij.spec.JsonForm;
import java.time.Duration;
import java.util.List;

/// How it is found out whether a container is well, and what follows.
///
/// @param check complete: zero stands for zero, and an interval of zero for no checks but those
///   that are asked for
/// @param onFailure `none`, `kill`, `restart` or `stop`
public record HealthPlan(Healthcheck check, String onFailure) implements JsonForm {
  private static final Healthcheck USUAL =
      new Healthcheck(
          List.of(), Duration.ofSeconds(30).toNanos(), Duration.ofSeconds(30).toNanos(), 0, 0, 3);

  static HealthPlan from(FieldReader json) {
    return new HealthPlan(
        json.requiredObject("check", Healthcheck::from), json.required("onFailure"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter().form("check", check).put("onFailure", onFailure).node();
  }

  /// What an image says, with the usual values where it says nothing.
  public static Healthcheck complete(Healthcheck given) {
    return new Healthcheck(
        given.test(),
        given.interval() == 0 ? USUAL.interval() : given.interval(),
        given.timeout() == 0 ? USUAL.timeout() : given.timeout(),
        given.startPeriod(),
        given.startInterval(),
        given.retries() == 0 ? USUAL.retries() : given.retries());
  }

  /// The words of the program.
  public List<String> command() {
    var words = check.test();
    return words.getFirst().equals("CMD-SHELL")
        ? List.of("/bin/sh", "-c", String.join(" ", words.subList(1, words.size())))
        : words.subList(1, words.size());
  }

  /// Whether there is a check at all.
  public static boolean isCheck(Healthcheck check) {
    return check.test().size() > 1 && !check.test().getFirst().equals("NONE");
  }

  public Duration timeout() {
    return Duration.ofNanos(check.timeout());
  }

  public Duration startPeriod() {
    return Duration.ofNanos(check.startPeriod());
  }

  /// Until the next check.
  ///
  /// @param starting whether the container has not been well yet, and may take its time
  public Duration pause(boolean starting) {
    return Duration.ofNanos(
        starting && check.startInterval() > 0 ? check.startInterval() : check.interval());
  }
}
