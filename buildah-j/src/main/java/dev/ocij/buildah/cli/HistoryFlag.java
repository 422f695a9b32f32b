package dev.ocij.buildah.cli;

import dev.ocij.term.Options;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether the history of the image tells of what a command does.
final class HistoryFlag {
  private static final String VARIABLE = "BUILDAH_HISTORY";

  private final Supplier<Optional<Boolean>> flag;

  HistoryFlag(Options options) {
    flag = options.choice("--add-history", "tell of it in the history; default: $" + VARIABLE);
  }

  boolean isOn() {
    return flag.get()
        .orElseGet(() -> System.getenv().getOrDefault(VARIABLE, "").matches("(?i)true|1"));
  }
}
