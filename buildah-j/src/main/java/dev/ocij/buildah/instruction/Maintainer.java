package dev.ocij.buildah.instruction;

/// Sets the author of the image; out of use in favour of a label.
public record Maintainer(Written written, String author) implements Instruction {
  static Maintainer parse(Statement statement) {
    return new Maintainer(statement.written(), statement.required("MAINTAINER NAME").toString());
  }
}
