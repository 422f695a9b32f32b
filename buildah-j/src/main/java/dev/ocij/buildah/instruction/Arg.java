package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import dev.ocij.buildah.text.Words;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Declares arguments of the build: `ARG NAME[=DEFAULT] …`.
public record Arg(Written written, List<Declaration> declarations) implements Instruction {
  private static final Pattern NAME = Pattern.compile("[^\\s=\"'$]+");

  /// @param fallback the value where the caller gives none; null where there is no default
  public record Declaration(String name, @Nullable SourceText fallback) {
    private static Declaration parse(SourceText word) {
      int equals = word.toString().indexOf('=');
      var name = equals < 0 ? word : word.substring(0, equals);
      if (!NAME.matcher(name).matches()) {
        throw word.error(
            "invalid name of an argument: " + Quoted.of(name.toString()),
            "expected ARG NAME=DEFAULT");
      }
      return new Declaration(name.toString(), equals < 0 ? null : word.substring(equals + 1));
    }
  }

  static Arg parse(Statement statement) {
    var words = Words.quoted(statement.required("ARG NAME[=DEFAULT]"), statement.escape());
    return new Arg(statement.written(), words.stream().map(Declaration::parse).toList());
  }
}
