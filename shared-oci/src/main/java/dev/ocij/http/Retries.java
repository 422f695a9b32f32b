package dev.ocij.http;

import java.time.InstantSource;

/// When an attempt that failed is made again; `begin` for each thing that is attempted.
///
/// @param clock what dates in `Retry-After` are compared with
/// @param patience when a silent server counts as one that failed
public record Retries(InstantSource clock, Sleeper sleeper, Patience patience) {
  public static Retries system() {
    return new Retries(InstantSource.system(), Sleeper.system(), Patience.USUAL);
  }

  public Attempts begin() {
    return new Attempts(this);
  }

  public Retries withClock(InstantSource changed) {
    return new Retries(changed, sleeper, patience);
  }

  public Retries withSleeper(Sleeper changed) {
    return new Retries(clock, changed, patience);
  }

  public Retries withPatience(Patience changed) {
    return new Retries(clock, sleeper, changed);
  }
}
