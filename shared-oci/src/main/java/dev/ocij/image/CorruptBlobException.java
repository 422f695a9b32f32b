package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import java.io.IOException;

/// The bytes that arrived are not those of the descriptor. Fetching them again may help where they
/// came over a network.
public final class CorruptBlobException extends IOException {
  private final transient Descriptor expected;

  public CorruptBlobException(Descriptor expected, String found) {
    super("expected %s, got %s".formatted(expected.digest(), found));
    this.expected = expected;
  }

  public Descriptor expected() {
    return expected;
  }
}
