package dev.ocij.buildah.run;

import dev.ocij.spec.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered of a volume, beside its content.
///
/// @param anonymous whether a container made it for itself
public record Volume(
    String name,
    @Nullable Instant created,
    Map<String, String> labels,
    Map<String, String> options,
    Boolean anonymous) {
  static final String FILE = "volume.json";

  public Volume {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }

  static Volume parse(byte[] json) {
    return Json.read(json, Volume.class, FILE);
  }

  byte[] bytes() {
    return Json.write(this);
  }
}
