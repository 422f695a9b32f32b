package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.podman.PointInTime;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.Volume;
import dev.ocij.buildah.run.VolumeUse;
import dev.ocij.spec.Quoted;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which volumes `--filter` lets through: of one key any, of different keys all, and of labels all.
record VolumeFilters(VolumeUse use, Instant now) {
  Predicate<Volume> parse(List<String> filters) {
    var byKey = new LinkedHashMap<String, Predicate<Volume>>();
    Predicate<Volume> labels = _ -> true;
    for (var filter : filters) {
      var parts = filter.split("=", 2);
      var condition = one(parts[0], parts.length == 2 ? parts[1] : "", filter);
      if (parts[0].startsWith("label")) {
        labels = labels.and(condition);
      } else {
        byKey.merge(parts[0], condition, Predicate::or);
      }
    }
    return byKey.values().stream().reduce(labels, Predicate::and);
  }

  private Predicate<Volume> one(String key, String value, String filter) {
    return switch (key) {
      case "name" -> name(value);
      case "driver" -> _ -> value.equals("local");
      case "scope" -> _ -> value.equals("local");
      case "label" -> volume -> has(volume.labels(), value);
      case "label!" -> volume -> !has(volume.labels(), value);
      case "opt" -> volume -> has(volume.options(), value);
      case "anonymous" -> is(filter, value, Volume::anonymous);
      case "dangling" -> is(filter, value, volume -> use.of(volume.name()).isEmpty());
      case "until" -> until(PointInTime.parse(value, now));
      case "since", "after" -> until(PointInTime.parse(value, now)).negate();
      default -> throw Values.usage(Quoted.of(key) + " is an invalid volume filter");
    };
  }

  private static Predicate<Volume> name(String pattern) {
    try {
      var name = Pattern.compile(pattern).asPredicate();
      return volume -> name.test(volume.name());
    } catch (PatternSyntaxException e) {
      throw Values.usage(
          "filter name=%s: no regular expression: %s"
              .formatted(Quoted.escape(pattern), e.getDescription()));
    }
  }

  private static Predicate<Volume> is(String filter, String value, Predicate<Volume> condition) {
    boolean wanted = Values.truth(value, filter);
    return volume -> condition.test(volume) == wanted;
  }

  private static Predicate<Volume> until(Instant end) {
    return volume -> Objects.requireNonNullElse(volume.created(), Instant.EPOCH).isBefore(end);
  }

  private static boolean has(Map<String, String> pairs, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? pairs.containsKey(wanted)
        : wanted.substring(equals + 1).equals(pairs.get(wanted.substring(0, equals)));
  }
}
