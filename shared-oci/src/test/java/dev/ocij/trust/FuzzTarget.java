package dev.ocij.trust;

import dev.ocij.spec.OciException;
import java.util.List;
import java.util.function.Consumer;

/// A parser of what strangers wrote, and inputs from which others are made.
///
/// @param parser may refuse with an [OciException], and do nothing else but answer
public record FuzzTarget(String name, List<byte[]> seeds, Consumer<byte[]> parser) {
  public FuzzTarget {
    seeds = List.copyOf(seeds);
  }

  /// Any other exception comes out: it is a finding.
  public void run(byte[] input) {
    try {
      parser.accept(input);
    } catch (OciException _) {
      // refused
    }
  }
}
