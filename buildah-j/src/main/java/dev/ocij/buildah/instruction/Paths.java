package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Heredoc;
import dev.ocij.buildah.text.SourceText;
import java.util.List;

/// What COPY and ADD take and where they put it, before expansion.
///
/// @param heredocs files that stand in the Containerfile, beside the sources
public record Paths(List<SourceText> sources, List<Heredoc> heredocs, SourceText destination) {
  static Paths parse(Statement statement) {
    var form = "%s SOURCE… DESTINATION".formatted(statement.name());
    var text = statement.requiredAfterFlags(form);
    var words = JsonWords.parse(text).orElseGet(text::words);
    if (words.size() < 2) {
      throw text.error(
          "%s without a destination".formatted(statement.name()),
          "expected %s; write paths with spaces as a JSON array".formatted(form));
    }
    var sources =
        words.subList(0, words.size() - 1).stream()
            .filter(word -> statement.heredocs().stream().noneMatch(h -> isMarker(h, word)))
            .toList();
    return new Paths(sources, statement.heredocs(), words.getLast());
  }

  private static boolean isMarker(Heredoc heredoc, SourceText word) {
    return heredoc.marker().at().offset() == word.at().offset();
  }
}
