package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import java.util.List;
import java.util.stream.Stream;

/// What RUN, CMD, ENTRYPOINT and HEALTHCHECK execute. No variable in it is expanded here.
public sealed interface Command {
  /// A line for the shell of the stage.
  record Line(String text) implements Command {}

  /// A program and its arguments, written as a JSON array.
  record Exec(List<String> arguments) implements Command {
    public Exec {
      arguments = List.copyOf(arguments);
    }
  }

  /// The array where the text is one of strings, else the line.
  static Command parse(SourceText text) {
    return JsonWords.parse(text)
        .<Command>map(words -> new Exec(words.stream().map(SourceText::toString).toList()))
        .orElseGet(() -> new Line(text.toString()));
  }

  /// The words to execute, given the shell that takes a line as its last argument.
  default List<String> arguments(List<String> shell) {
    return switch (this) {
      case Exec exec -> exec.arguments();
      case Line line -> Stream.concat(shell.stream(), Stream.of(line.text())).toList();
    };
  }
}
