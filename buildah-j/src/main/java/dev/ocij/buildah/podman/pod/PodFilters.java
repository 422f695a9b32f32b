package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.podman.Values;
import dev.ocij.spec.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `--filter KEY=VALUE` of pods: of several values of a key one must be true, of `label` all; and
/// something of each key.
final class PodFilters {
  private PodFilters() {}

  static Predicate<PodRow> parse(List<String> given) {
    Map<String, Predicate<PodRow>> byKey = new LinkedHashMap<>();
    for (var text : given) {
      var parts = text.split("=", 2);
      if (parts.length < 2) {
        throw Values.usage("invalid filter %s: expected KEY=VALUE".formatted(Quoted.of(text)));
      }
      byKey.merge(
          parts[0],
          of(parts[0], parts[1]),
          parts[0].startsWith("label") ? Predicate::and : Predicate::or);
    }
    return byKey.values().stream().reduce(_ -> true, Predicate::and);
  }

  private static Predicate<PodRow> of(String key, String value) {
    return switch (key) {
      case "id" -> row -> row.pod().id().startsWith(value);
      case "name" -> named(value);
      case "status" -> row -> row.status().toLowerCase(Locale.ROOT).equals(value);
      case "label" -> label(value);
      case "label!" -> label(value).negate();
      case "ctr-ids" -> row -> row.members().stream().anyMatch(each -> each.id().startsWith(value));
      case "ctr-names" -> row -> row.members().stream().anyMatch(each -> each.name().equals(value));
      case "ctr-status" ->
          row -> row.members().stream().anyMatch(each -> each.statusName().equals(value));
      case "ctr-number" -> row -> row.members().size() == Values.number(value, "number");
      default -> throw Values.usage("%s is an invalid filter".formatted(Quoted.of(key)));
    };
  }

  private static Predicate<PodRow> named(String value) {
    try {
      var pattern = Pattern.compile(value);
      return row -> pattern.matcher(row.pod().name()).find();
    } catch (PatternSyntaxException _) {
      throw Values.usage(
          "invalid filter name=%s: expected a regular expression".formatted(Quoted.of(value)));
    }
  }

  private static Predicate<PodRow> label(String value) {
    var parts = value.split("=", 2);
    return row -> {
      var labels = row.pod().labels();
      return labels.containsKey(parts[0])
          && (parts.length == 1 || parts[1].equals(labels.get(parts[0])));
    };
  }
}
