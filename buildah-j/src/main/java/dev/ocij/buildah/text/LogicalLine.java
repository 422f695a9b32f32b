package dev.ocij.buildah.text;

import java.util.List;

/// An instruction as text: its line with all continuations, without comments and leading spaces,
/// and the documents that follow it.
public record LogicalLine(SourceText text, List<Heredoc> heredocs) {
  public LogicalLine {
    heredocs = List.copyOf(heredocs);
  }

  /// The line and its documents, as one could write them again.
  public String whole() {
    var all = new StringBuilder(text);
    if (!heredocs.isEmpty()) {
      all.append('\n');
    }
    heredocs.forEach(heredoc -> all.append(heredoc.text()));
    return all.toString();
  }
}
