package dev.ocij.buildah.instruction;

import java.util.List;

/// Sets labels of the image.
public record Label(Written written, List<Assignment> assignments) implements Instruction {
  static Label parse(Statement statement) {
    return new Label(statement.written(), Assignment.parseAll(statement));
  }
}
