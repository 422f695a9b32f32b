package dev.ocij.buildah.cli;

import dev.ocij.term.LocalFile;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Options of the form `NAME=VALUE`.
final class Assignments {
  private Assignments() {}

  /// `NAME` alone stands for the value of that variable, and for nothing where it is not set.
  static SequencedMap<String, String> parse(List<String> given, Map<String, String> environment) {
    var values = new LinkedHashMap<String, String>();
    for (var text : given) {
      int equals = text.indexOf('=');
      var name = equals < 0 ? text : text.substring(0, equals);
      var value = equals < 0 ? environment.get(name) : text.substring(equals + 1);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  /// A name alone has an empty value.
  static List<String> withValues(List<String> given) {
    return given.stream().map(each -> each.contains("=") ? each : each + "=").toList();
  }

  /// The lines of a file, without comments and empty ones.
  static List<String> readFile(String name) {
    return new String(LocalFile.read(name), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
