package dev.ocij.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// How a command ended: its exit status, and all that it printed.
public record Outcome(List<String> command, int status, String stdout, String stderr) {

  /// This outcome, whose status must be 0.
  public Outcome succeeded() {
    assertThat(status).as("status of %s; it said: %s", command, stderr).isZero();
    return this;
  }

  /// This outcome, whose status must not be 0.
  public Outcome failed() {
    assertThat(status).as("status of %s; it printed: %s", command, stdout).isNotZero();
    return this;
  }
}
