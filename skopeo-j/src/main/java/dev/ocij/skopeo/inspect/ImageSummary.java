package dev.ocij.skopeo.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.image.Image;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One image at a glance: skopeo's answer to `inspect`, fields in its order.
///
/// @param name the repository; null where the transport has none
/// @param tag null where the name holds none
/// @param digest of what the name leads to, the index where that is one
/// @param repoTags all tags of the repository; empty where there are none to ask for
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ImageSummary(
    @JsonProperty("Name") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
    @JsonProperty("Tag") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tag,
    @JsonProperty("Digest") Digest digest,
    @JsonProperty("RepoTags") List<String> repoTags,
    @JsonProperty("Created") @Nullable Instant created,
    @JsonProperty("DockerVersion") String dockerVersion,
    @JsonProperty("Labels") @Nullable Map<String, String> labels,
    @JsonProperty("Architecture") String architecture,
    @JsonProperty("Os") String os,
    @JsonProperty("Layers") List<Digest> layers,
    @JsonProperty("LayersData") List<LayerData> layersData,
    @JsonProperty("Env") @Nullable List<String> env) {

  private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

  /// One layer, as its descriptor says.
  public record LayerData(
      @JsonProperty("MIMEType") String mimeType,
      @JsonProperty("Digest") Digest digest,
      @JsonProperty("Size") long size,
      @JsonProperty("Annotations") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable Map<String, String> annotations) {
    private static LayerData of(Descriptor layer) {
      return new LayerData(
          layer.mediaType().value(),
          layer.digest(),
          layer.size(),
          nullIfEmpty(layer.annotations()));
    }
  }

  /// The summary of an image that was chosen under a name.
  public static ImageSummary of(
      @Nullable String name,
      @Nullable String tag,
      Digest digest,
      List<String> repoTags,
      Image image) {
    var config = image.readConfig();
    var layers = image.manifest().layers();
    return new ImageSummary(
        name,
        tag,
        digest,
        repoTags,
        created(image),
        config.dockerVersion() == null ? "" : config.dockerVersion(),
        nullIfEmpty(config.config().labels()),
        config.architecture(),
        config.os(),
        layers.stream().map(Descriptor::digest).toList(),
        layers.stream().map(LayerData::of).toList(),
        config.config().env().isEmpty() ? null : config.config().env());
  }

  /// Docker's documents have a time always; where none was said it is that of Go's zero.
  private static @Nullable Instant created(Image image) {
    var created = image.readConfig().created();
    var type = image.manifest().mediaType();
    return created == null && type != null && type.isDocker() ? GO_ZERO : created;
  }

  private static @Nullable Map<String, String> nullIfEmpty(Map<String, String> map) {
    return map.isEmpty() ? null : map;
  }
}
