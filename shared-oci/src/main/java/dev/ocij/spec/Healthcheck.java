package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Docker's health check, kept in OCI configurations too; durations in nanoseconds, zero for the
/// engine's default.
///
/// @param test `NONE`, or `CMD` or `CMD-SHELL` followed by the command
public record Healthcheck(
    List<String> test,
    long interval,
    long timeout,
    long startPeriod,
    long startInterval,
    int retries)
    implements JsonForm {

  public Healthcheck {
    test = Lists.copy(test);
  }

  public static Healthcheck from(FieldReader json) {
    return new Healthcheck(
        json.texts("Test"),
        json.numberOrZero("Interval"),
        json.numberOrZero("Timeout"),
        json.numberOrZero("StartPeriod"),
        json.numberOrZero("StartInterval"),
        (int) json.numberOrZero("Retries"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .list("Test", test)
        .number("Interval", interval)
        .number("Timeout", timeout)
        .number("StartPeriod", startPeriod)
        .number("StartInterval", startInterval)
        .number("Retries", retries)
        .node();
  }
}
