package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;

/// Sets the user, and after a colon the group, of RUN, CMD and ENTRYPOINT.
public record User(Written written, SourceText user) implements Instruction {
  static User parse(Statement statement) {
    return new User(statement.written(), statement.required("USER NAME[:GROUP]"));
  }
}
