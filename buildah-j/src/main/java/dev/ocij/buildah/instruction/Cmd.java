package dev.ocij.buildah.instruction;

/// Sets what a container executes by default, or the arguments of its entrypoint.
public record Cmd(Written written, Command command) implements Instruction {
  static Cmd parse(Statement statement) {
    var command = Command.parse(statement.required("CMD [\"PROGRAM\"] or a line for the shell"));
    return new Cmd(statement.written(), command);
  }
}
