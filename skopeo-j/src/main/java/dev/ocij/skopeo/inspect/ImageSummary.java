package dev.ocij.skopeo.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import dev.ocij.term.template.GoList;
import dev.ocij.term.template.GoMap;
import dev.ocij.term.template.GoStruct;
import dev.ocij.term.template.GoTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One image at a glance: skopeo's answer to `inspect`, fields in its order. What skopeo shows as
/// `null` is so here.
///
/// @param name the repository; null where the transport has none
/// @param digest of what the name leads to, the index where that is one
/// @param repoTags all tags of the repository; empty where there are none to ask for
/// @param image what was chosen under that name
public record ImageSummary(@Nullable String name, Digest digest, List<String> repoTags, Image image)
    implements JsonForm {
  private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

  @Override
  public JsonNode json() {
    var config = image.readConfig();
    var layers = image.manifest().layers();
    var env = config.config().env();
    return new FieldWriter()
        .text("Name", name)
        .text("Digest", digest)
        .put("RepoTags", repoTags)
        .put("Created", created(config.created()))
        .put("DockerVersion", Objects.requireNonNullElse(config.dockerVersion(), ""))
        .put("Labels", orNull(config.config().labels()))
        .put("Architecture", config.architecture())
        .put("Os", config.os())
        .put("Layers", layers.stream().map(Descriptor::digest).toList())
        .put("LayersData", layers.stream().map(LayerData::new).toList())
        .put("Env", env.isEmpty() ? new GoList() : FieldWriter.array(env))
        .node();
  }

  /// What a template names: also what is not shown because it is empty, and in the form in which Go
  /// prints it.
  public JsonNode fields() {
    var json = (ObjectNode) json();
    var fields = new GoStruct(json);
    fields.put("Name", "").put("Tag", "").setAll(json);
    if (!json.path("Created").isNull()) {
      fields.set("Created", time(json.path("Created")));
    }
    return fields;
  }

  private static GoTime time(JsonNode time) {
    return new GoTime(Instant.parse(time.textValue()), time);
  }

  /// Docker's documents have a time always; where none was said it is that of Go's zero.
  private JsonNode created(@Nullable Instant said) {
    var type = image.manifest().mediaType();
    var created = said == null && type != null && type.isDocker() ? GO_ZERO : said;
    return created == null
        ? NullNode.getInstance()
        : TextNode.valueOf(FieldWriter.shortest(created));
  }

  private static JsonNode orNull(Map<String, String> map) {
    return map.isEmpty() ? new GoMap() : FieldWriter.node(map);
  }

  /// One layer, as its descriptor says.
  private record LayerData(Descriptor layer) implements JsonForm {
    @Override
    public JsonNode json() {
      return new FieldWriter()
          .text("MIMEType", layer.mediaType())
          .text("Digest", layer.digest())
          .put("Size", layer.size())
          .put("Annotations", orNull(layer.annotations()))
          .node();
    }
  }
}
