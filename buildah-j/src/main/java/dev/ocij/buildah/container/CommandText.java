package dev.ocij.buildah.container;

import dev.ocij.buildah.instruction.Command;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.SourceFile;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.buildah.text.Variables;
import dev.ocij.buildah.text.Words;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Commands and values as options have them.
final class CommandText {
  private static final char ESCAPE = '\\';
  private static final List<String> SHELL = List.of("/bin/sh", "-c");
  private static final Expansion PLAIN = new Expansion(ESCAPE, Variables.of(Map.of()));

  private CommandText() {}

  /// A JSON array, or words between spaces that quotes keep together.
  static List<String> words(String text) {
    var source = source(text);
    return switch (Command.parse(source)) {
      case Command.Exec exec -> exec.arguments();
      case Command.Line _ -> Words.quoted(source, ESCAPE).stream().map(PLAIN::word).toList();
    };
  }

  /// A JSON array, or a line for the shell.
  static List<String> inShell(String text) {
    return text.isEmpty() ? List.of() : Command.parse(source(text)).arguments(SHELL);
  }

  /// The text with the values of these variables, `NAME=value` each.
  static String expand(String text, List<String> variables) {
    var known =
        variables.stream()
            .map(variable -> variable.split("=", 2))
            .collect(
                Collectors.toMap(
                    parts -> parts[0], parts -> parts.length == 2 ? parts[1] : "", (_, b) -> b));
    return new Expansion(ESCAPE, Variables.of(known)).document(source(text));
  }

  private static SourceText source(String text) {
    return SourceText.of(new SourceFile("the option", text), 0, text.length());
  }
}
