package dev.ocij.buildah.contents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Fields in paragraphs, `Name: value` on each line and an empty line between two, as in Debian's
/// control files, in mail headers, and with single letters in apk's.
final class Paragraphs {
  private Paragraphs() {}

  /// Names are in lower case unless they are single letters; the first line of a value counts, and
  /// of several fields of a name the first.
  static List<Map<String, String>> parse(String text) {
    var all = new ArrayList<Map<String, String>>();
    var fields = new LinkedHashMap<String, String>();
    for (var line : text.lines().toList()) {
      if (line.isBlank()) {
        add(fields, all);
        fields = new LinkedHashMap<>();
      } else {
        int colon = line.indexOf(':');
        if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
          fields.putIfAbsent(name(line.substring(0, colon)), line.substring(colon + 1).strip());
        }
      }
    }
    add(fields, all);
    return all;
  }

  private static String name(String written) {
    return written.length() == 1 ? written : written.toLowerCase(Locale.ROOT);
  }

  private static void add(Map<String, String> fields, List<Map<String, String>> all) {
    if (!fields.isEmpty()) {
      all.add(fields);
    }
  }
}
