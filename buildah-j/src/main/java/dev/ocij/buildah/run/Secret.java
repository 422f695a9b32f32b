package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import java.time.Instant;
import java.util.Map;

/// What is remembered of a secret, beside its content.
public record Secret(String id, String name, Instant created, Map<String, String> labels)
    implements JsonForm {
  static final String FILE = "secret.json";

  public Secret {
    labels = Map.copyOf(labels);
  }

  static Secret parse(byte[] json) {
    return Json.read(json, Secret::from, FILE);
  }

  private static Secret from(FieldReader json) {
    return new Secret(
        json.required("id"),
        json.required("name"),
        json.requiredTime("created"),
        json.textMap("labels"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("id", id)
        .put("name", name)
        .time("created", created)
        .map("labels", labels)
        .node();
  }

  byte[] bytes() {
    return Json.write(this);
  }
}
