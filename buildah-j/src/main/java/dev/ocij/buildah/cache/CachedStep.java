package dev.ocij.buildah.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import dev.ocij.spec.OciException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a step gave: a layer, or nothing where it changed no file.
///
/// @param layers one plain tar in the store, or none
public record CachedStep(List<Descriptor> layers, Instant created) implements JsonForm {
  public CachedStep {
    layers = List.copyOf(layers);
  }

  public static CachedStep of(Optional<Descriptor> layer, Instant created) {
    return new CachedStep(layer.stream().toList(), created);
  }

  static CachedStep from(FieldReader json) {
    var created = json.time("created");
    if (created == null) {
      throw new OciException(OciException.Category.INVALID, "the field \"created\" is missing");
    }
    return new CachedStep(json.objects("layers", Descriptor::from), created);
  }

  @Override
  public JsonNode json() {
    return new FieldWriter().put("layers", layers).time("created", created).node();
  }
}
