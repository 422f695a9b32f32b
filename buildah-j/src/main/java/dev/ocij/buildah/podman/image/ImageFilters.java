package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.podman.PointInTime;
import dev.ocij.buildah.podman.Values;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.local.ImageFilter;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/// Which images `--filter` lets through: of one key any, of different keys all, and of labels all.
///
/// @param use which containers are made of which images
record ImageFilters(LocalImages images, ImageUse use, Instant now) {
  Predicate<LocalImage> parse(List<String> filters) throws IOException {
    var byKey = new LinkedHashMap<String, Predicate<LocalImage>>();
    Predicate<LocalImage> labels = _ -> true;
    for (var filter : filters) {
      var key = filter.split("!?=", 2)[0];
      var condition = one(filter);
      if (key.equals("label")) {
        labels = labels.and(condition);
      } else {
        byKey.merge(key, condition, Predicate::or);
      }
    }
    return byKey.values().stream().reduce(labels, Predicate::and);
  }

  private Predicate<LocalImage> one(String filter) throws IOException {
    var parts = filter.split("=", 2);
    if (parts.length < 2) {
      throw Values.usage(
          "invalid image filter %s: must be in the format \"filter=value\""
              .formatted(Quoted.of(filter)));
    }
    return switch (parts[0]) {
      case "label!" -> ImageFilter.parse("label=" + parts[1], images).negate();
      case "until" -> {
        var end = PointInTime.parse(parts[1], now);
        yield image -> image.created().isBefore(end);
      }
      case "containers" -> {
        boolean wanted = Values.truth(parts[1], filter);
        yield image -> use.count(image) > 0 == wanted;
      }
      default -> ImageFilter.parse(filter, images);
    };
  }
}
