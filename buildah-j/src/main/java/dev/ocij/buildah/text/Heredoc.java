package dev.ocij.buildah.text;

import java.util.ArrayList;
import java.util.regex.Pattern;

/// A document that stands inside the Containerfile, between `<<NAME` and a line `NAME`.
///
/// @param marker `<<NAME` as it stands in the instruction
/// @param expands whether variables in it mean something to COPY and ADD: the name is not quoted
/// @param stripsTabs whether `<<-` takes away the tabs that its lines begin with
/// @param raw all lines before the one that ends it, as they stand, each with its line break
public record Heredoc(
    SourceText marker, String name, boolean expands, boolean stripsTabs, SourceText raw) {
  private static final Pattern LEADING_TABS = Pattern.compile("(?m)^\t+");

  /// The document, without leading tabs where `<<-` says so.
  public SourceText content() {
    if (!stripsTabs) {
      return raw;
    }
    var kept = new ArrayList<SourceText>();
    int from = 0;
    for (var tabs : LEADING_TABS.matcher(raw).results().toList()) {
      kept.add(raw.substring(from, tabs.start()));
      from = tabs.end();
    }
    kept.add(raw.substring(from));
    return SourceText.join(kept);
  }

  /// The document as a shell wants it below the line that names it.
  public String text() {
    return raw + name + "\n";
  }
}
