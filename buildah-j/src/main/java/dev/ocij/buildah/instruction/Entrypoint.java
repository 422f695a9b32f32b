package dev.ocij.buildah.instruction;

/// Sets the program of a container; clears a CMD that comes from the base.
public record Entrypoint(Written written, Command command) implements Instruction {
  static Entrypoint parse(Statement statement) {
    var command =
        Command.parse(statement.required("ENTRYPOINT [\"PROGRAM\"] or a line for the shell"));
    return new Entrypoint(statement.written(), command);
  }
}
