package dev.ocij.buildah.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where an instruction names a document that follows it.
record HeredocMarker(SourceText text, String name, boolean expands, boolean stripsTabs) {
  private static final Pattern MARKER = Pattern.compile("\\d*<<(-?)([^<]+)");
  private static final Pattern QUOTED = Pattern.compile("[\"']");
  private static final Set<String> INSTRUCTIONS = Set.of("RUN", "COPY", "ADD");

  /// The markers of one logical line, in order; none in an instruction that takes no documents.
  static List<HeredocMarker> in(SourceText line, char escape) {
    var words = line.words();
    int keyword = words.getFirst().toString().equalsIgnoreCase("ONBUILD") ? 1 : 0;
    if (keyword >= words.size()
        || !INSTRUCTIONS.contains(words.get(keyword).toString().toUpperCase(Locale.ROOT))) {
      return List.of();
    }
    var found = new ArrayList<HeredocMarker>();
    for (var word : Words.quoted(line, escape)) {
      var matcher = MARKER.matcher(word);
      if (matcher.matches()) {
        add(found, word, matcher.group(2), !matcher.group(1).isEmpty());
      }
    }
    return found;
  }

  private static void add(
      List<HeredocMarker> found, SourceText word, String rest, boolean stripsTabs) {
    var name = QUOTED.matcher(rest).replaceAll("");
    if (!name.isEmpty()) {
      found.add(new HeredocMarker(word, name, name.equals(rest), stripsTabs));
    }
  }

  boolean isEndedBy(PhysicalLine line) {
    int start = line.start();
    while (stripsTabs && start < line.end() && line.file().text().charAt(start) == '\t') {
      start++;
    }
    return line.end() - start == name.length() && line.file().text().startsWith(name, start);
  }

  Heredoc with(SourceText raw) {
    return new Heredoc(text, name, expands, stripsTabs, raw);
  }
}
