package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import java.util.List;

/// Names directories that containers keep outside of their layers.
public record Volume(Written written, List<SourceText> paths) implements Instruction {
  static Volume parse(Statement statement) {
    var text = statement.required("VOLUME PATH or VOLUME [\"PATH\"]");
    var paths = JsonWords.parse(text).orElseGet(text::words);
    if (paths.isEmpty() || paths.stream().anyMatch(path -> path.toString().isBlank())) {
      throw text.error("VOLUME without a path", "expected VOLUME [\"PATH\"]");
    }
    return new Volume(statement.written(), paths);
  }
}
