package dev.ocij.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// Docker's health check, kept in OCI configurations too; durations in nanoseconds, zero for the
/// engine's default.
///
/// @param test `NONE`, or `CMD` or `CMD-SHELL` followed by the command
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Healthcheck(
    @JsonProperty("Test") List<String> test,
    @JsonProperty("Interval") long interval,
    @JsonProperty("Timeout") long timeout,
    @JsonProperty("StartPeriod") long startPeriod,
    @JsonProperty("StartInterval") long startInterval,
    @JsonProperty("Retries") int retries) {

  public Healthcheck {
    test = Lists.copy(test);
  }
}
