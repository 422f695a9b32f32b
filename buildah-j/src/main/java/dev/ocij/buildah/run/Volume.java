package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
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
    boolean anonymous)
    implements JsonForm {
  static final String FILE = "volume.json";

  /// The label of a volume that goes with a pod, whose id it has.
  private static final String POD = "dev.ocij.pod";

  public Volume {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }

  /// An empty folder that goes with a pod.
  public static Volume of(String name, Pod pod) {
    return new Volume(name, Instant.now(), Map.of(POD, pod.id()), Map.of(), true);
  }

  boolean isOf(Pod pod) {
    return pod.id().equals(labels.get(POD));
  }

  static Volume parse(byte[] json) {
    return Json.read(json, Volume::from, FILE);
  }

  private static Volume from(FieldReader json) {
    return new Volume(
        json.required("name"),
        json.time("created"),
        json.textMap("labels"),
        json.textMap("options"),
        json.flag("anonymous"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("name", name)
        .time("created", created)
        .map("labels", labels)
        .map("options", options)
        .flag("anonymous", anonymous)
        .node();
  }

  byte[] bytes() {
    return Json.write(this);
  }
}
