package dev.ocij.buildah.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// In what our image of an example differs from Debian's buildah's, a line each.
final class Differences {
  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /// Builds the example by both and leaves out the differences that are meant.
  ///
  /// @param start before which files have times that both must keep
  static List<String> of(Example example, Builders builders, Instant start) throws IOException {
    var theirs = builders.theirs(example);
    var differences = between(builders.ours(example), theirs, start);
    differences.removeIf(KnownDifferences.of(example)::isKnown);
    return differences;
  }

  /// As [#of], of two images.
  static List<String> between(BuiltImage ours, BuiltImage theirs, Instant start)
      throws IOException {
    var differences = new Differences();
    differences.compare("file", ours.files().shown(), theirs.files().shown());
    differences.compare(
        "time",
        cut(ours.files().changedBefore(start), theirs.files().changedBefore(start)),
        theirs.files().changedBefore(start));
    differences.compare("config", fields(ours.container()), fields(theirs.container()));
    differences.compare("image", ours.described(), theirs.described());
    differences.compare("history", HistoryLines.of(ours), HistoryLines.of(theirs));
    return differences.found;
  }

  private void compare(String what, Map<String, ?> ours, Map<String, ?> theirs) {
    var names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    for (var name : names) {
      if (!Objects.equals(ours.get(name), theirs.get(name))) {
        found.add(
            "%s %s: ours %s, theirs %s".formatted(what, name, ours.get(name), theirs.get(name)));
      }
    }
  }

  /// Our times, with theirs where they are the next second: a header holds whole seconds, to which
  /// Go rounds what tar and we cut.
  private static Map<String, Instant> cut(Map<String, Instant> ours, Map<String, Instant> theirs) {
    var times = new TreeMap<>(ours);
    times.replaceAll(
        (path, time) -> time.plusSeconds(1).equals(theirs.get(path)) ? theirs.get(path) : time);
    return times;
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    var fields = new TreeMap<String, JsonNode>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }
}
