package dev.ocij.transport.registry;

import java.time.InstantSource;

/// When an attempt that failed is made again; `begin` for each thing that is attempted.
///
/// @param clock what dates in `Retry-After` are compared with
public record Retries(InstantSource clock, Sleeper sleeper) {
  public static Retries system() {
    return new Retries(InstantSource.system(), Sleeper.system());
  }

  public Attempts begin() {
    return new Attempts(this);
  }
}
