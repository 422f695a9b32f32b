package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.text.Position;

/// What a check found: nothing that breaks a build, but that somebody will regret.
///
/// @param rule its name, as BuildKit has it
public record Finding(Position at, String rule, String sentence) {
  static Finding of(Instruction instruction, String rule, String sentence) {
    return new Finding(instruction.written().at(), rule, sentence);
  }

  /// `file:line:column: rule: sentence`.
  @Override
  public String toString() {
    return "%s: %s: %s".formatted(at, rule, sentence);
  }
}
