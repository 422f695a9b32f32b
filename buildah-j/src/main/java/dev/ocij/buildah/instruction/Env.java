package dev.ocij.buildah.instruction;

import java.util.List;

/// Sets environment variables for the following instructions and for containers.
public record Env(Written written, List<Assignment> assignments) implements Instruction {
  static Env parse(Statement statement) {
    return new Env(statement.written(), Assignment.parseAll(statement));
  }
}
