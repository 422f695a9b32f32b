package dev.ocij.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/// Docker's health check, kept in OCI configurations too; durations in nanoseconds, zero for the
/// engine's default.
///
/// @param test `NONE`, or `CMD` or `CMD-SHELL` followed by the command
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Healthcheck(
    @JsonProperty("Test") List<String> test,
    @JsonProperty("Interval") @JsonSetter(nulls = Nulls.AS_EMPTY) long interval,
    @JsonProperty("Timeout") @JsonSetter(nulls = Nulls.AS_EMPTY) long timeout,
    @JsonProperty("StartPeriod") @JsonSetter(nulls = Nulls.AS_EMPTY) long startPeriod,
    @JsonProperty("StartInterval") @JsonSetter(nulls = Nulls.AS_EMPTY) long startInterval,
    @JsonProperty("Retries") @JsonSetter(nulls = Nulls.AS_EMPTY) int retries) {

  public Healthcheck {
    test = Lists.copy(test);
  }
}
