package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.Options;

/// A command of buildah's that is known and does nothing but say why, whatever stands behind it.
final class RefusedCommand implements Command {
  private final Options options;
  private final String sentence;

  /// @param sentence what was asked for, and what is to be done instead
  RefusedCommand(String description, String sentence) {
    this.options = Options.of(this, description).takingAnything();
    this.sentence = sentence;
    options.arguments("ARGUMENT", 0, "not read");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    throw new OciException(OciException.Category.UNSUPPORTED, sentence);
  }
}
