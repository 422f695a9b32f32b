package dev.ocij.transport.registry;

import java.time.Duration;

/// How long a server may keep us waiting before it counts as one that failed.
///
/// @param connect until a connection stands
/// @param silence until the first byte of an answer, and between two of its bytes
public record Patience(Duration connect, Duration silence) {
  static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20));
}
