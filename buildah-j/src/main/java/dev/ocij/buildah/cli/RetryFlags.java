package dev.ocij.buildah.cli;

import dev.ocij.term.Options;

/// How often registries are asked again.
final class RetryFlags {
  private RetryFlags() {}

  static void accept(Options options) {
    options.text("--retry", "N", "accepted; what may succeed later is tried again in any case");
    options.text("--retry-delay", "DURATION", "accepted; each wait is longer than the one before");
  }
}
