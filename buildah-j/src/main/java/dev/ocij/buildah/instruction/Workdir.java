package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;

/// Sets the working directory, which is made; a relative one continues the one before.
public record Workdir(Written written, SourceText path) implements Instruction {
  static Workdir parse(Statement statement) {
    return new Workdir(statement.written(), statement.required("WORKDIR PATH"));
  }
}
