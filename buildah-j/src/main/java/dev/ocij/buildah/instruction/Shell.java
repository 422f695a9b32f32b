package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import java.util.List;

/// Sets the shell that executes the lines of RUN, CMD and ENTRYPOINT.
public record Shell(Written written, List<String> words) implements Instruction {
  private static final String FORM = "SHELL [\"PROGRAM\", \"ARGUMENT\"]";

  static Shell parse(Statement statement) {
    var text = statement.required(FORM);
    var words =
        JsonWords.parse(text)
            .filter(array -> !array.isEmpty())
            .orElseThrow(() -> text.error("SHELL without a JSON array", "expected " + FORM));
    return new Shell(statement.written(), words.stream().map(SourceText::toString).toList());
  }
}
