package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The value of a flag that is a list: fields with commas between them; double quotes keep a comma.
final class Fields {
  private Fields() {}

  /// `key` or `key=value`.
  ///
  /// @param key in lower case
  /// @param value empty where there is no `=`
  record Field(String key, SourceText value, boolean hasValue, SourceText text) {
    private static Field of(SourceText text) {
      int equals = text.toString().indexOf('=');
      int end = equals < 0 ? text.length() : equals;
      return new Field(
          text.toString().substring(0, end).toLowerCase(Locale.ROOT),
          text.substring(Math.min(text.length(), end + 1)),
          equals >= 0,
          text);
    }

    boolean truth() {
      return !hasValue || Truth.parse(value, key);
    }
  }

  static List<Field> split(SourceText list) {
    var fields = new ArrayList<Field>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field(list, start, i));
        start = i + 1;
      }
    }
    fields.add(field(list, start, list.length()));
    return fields;
  }

  private static Field field(SourceText list, int start, int end) {
    var text = list.substring(start, end);
    boolean quoted =
        text.length() > 1 && text.charAt(0) == '"' && text.charAt(text.length() - 1) == '"';
    return Field.of(quoted ? text.substring(1, text.length() - 1) : text);
  }
}
