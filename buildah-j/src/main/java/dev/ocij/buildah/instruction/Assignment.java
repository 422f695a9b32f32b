package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import dev.ocij.buildah.text.Words;
import dev.ocij.spec.Quoted;
import java.util.List;

/// A name that is set to a value by ENV or LABEL; both may hold quotes and variables.
public record Assignment(SourceText name, SourceText value) {
  /// `NAME=VALUE …`, or the old form `NAME VALUE` whose value goes on to the end of the line.
  static List<Assignment> parseAll(Statement statement) {
    var arguments = statement.required("%s NAME=VALUE".formatted(statement.name()));
    var words = Words.quoted(arguments, statement.escape());
    return words.getFirst().contains("=")
        ? words.stream().map(word -> parse(word, statement)).toList()
        : List.of(oldForm(arguments, words.getFirst(), statement));
  }

  private static Assignment parse(SourceText word, Statement statement) {
    int equals = word.toString().indexOf('=');
    if (equals < 0) {
      throw word.error(
          "%s without '='".formatted(Quoted.of(word.toString())),
          "expected NAME=VALUE; quote a value that has spaces");
    }
    return named(word.substring(0, equals), word.substring(equals + 1), statement);
  }

  private static Assignment oldForm(SourceText arguments, SourceText name, Statement statement) {
    var value = arguments.substring(name.length()).strip();
    if (value.isEmpty()) {
      throw name.error(
          "%s without a value".formatted(Quoted.of(name.toString())),
          "expected %s NAME=VALUE".formatted(statement.name()));
    }
    return named(name, value, statement);
  }

  private static Assignment named(SourceText name, SourceText value, Statement statement) {
    if (name.isEmpty()) {
      throw name.error("no name before '='", "expected %s NAME=VALUE".formatted(statement.name()));
    }
    return new Assignment(name, value);
  }
}
