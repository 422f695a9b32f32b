package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;

/// Sets the signal that stops a container.
public record StopSignal(Written written, SourceText signal) implements Instruction {
  static StopSignal parse(Statement statement) {
    return new StopSignal(statement.written(), statement.required("STOPSIGNAL SIGNAL"));
  }
}
