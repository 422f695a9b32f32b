package dev.ocij.buildah.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.text.Position;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;

/// What a check found: nothing that breaks a build, but that somebody will regret.
public record Finding(Position at, Rule rule, String sentence) implements JsonForm {
  static Finding of(Instruction instruction, Rule rule, String sentence) {
    return new Finding(instruction.written().at(), rule, sentence);
  }

  /// As `build --check --format=json` has it.
  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("rule", rule.toString())
        .put("file", at.file().name())
        .put("line", at.line())
        .put("column", at.column())
        .put("detail", sentence)
        .node();
  }

  /// `file:line:column: rule: sentence`.
  @Override
  public String toString() {
    return "%s: %s: %s".formatted(at, rule, sentence);
  }
}
