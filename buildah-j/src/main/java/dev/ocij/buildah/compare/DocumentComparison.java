package dev.ocij.buildah.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Predicate;

/// Two JSON documents, compared field by field.
///
/// @param aside fields that do not count, by their full names as `history[3].created`
record DocumentComparison(Predicate<String> aside) {
  /// The first field that differs.
  Optional<Difference> compare(JsonNode before, JsonNode now) {
    return compare("", before, now);
  }

  private Optional<Difference> compare(String field, JsonNode before, JsonNode now) {
    if (before.equals(now) || aside.test(field)) {
      return Optional.empty();
    }
    if (before.isObject() && now.isObject()) {
      return inObject(field, before, now);
    }
    if (before.isArray() && now.isArray()) {
      return inArray(field, before, now);
    }
    return Optional.of(new Difference(field, shown(before), shown(now)));
  }

  private Optional<Difference> inObject(String field, JsonNode before, JsonNode now) {
    var names = new LinkedHashSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .map(name ->
            compare(field.isEmpty() ? name : field + "." + name, before.path(name), now.path(name)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Difference> inArray(String field, JsonNode before, JsonNode now) {
    for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
      var found = compare("%s[%d]".formatted(field, i), before.path(i), now.path(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? Difference.NOTHING : value.toString();
  }
}
