package dev.ocij.http;

import java.time.Duration;

/// How long a server may keep us waiting before it counts as one that failed.
///
/// @param connect until a connection stands
/// @param silence until the first byte of an answer, and between two of its bytes
/// @param slowest the bytes a second that it must send while we wait, on average over that time
public record Patience(Duration connect, Duration silence, int slowest) {
  /// Below what any connection gives that people still use; a document of the largest size that is
  /// read takes two hours so.
  private static final int SLOWEST = 512;

  static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20));

  /// With the usual pace.
  public Patience(Duration connect, Duration silence) {
    this(connect, silence, SLOWEST);
  }
}
