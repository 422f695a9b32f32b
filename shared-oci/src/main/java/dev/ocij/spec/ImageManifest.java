package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One image or artifact: image-spec, "Image Manifest", and Docker's schema 2.
///
/// @param layers base first
/// @param subject what this manifest is about, where it is a referrer
public record ImageManifest(
    int schemaVersion,
    @Nullable MediaType mediaType,
    @Nullable String artifactType,
    Descriptor config,
    List<Descriptor> layers,
    @Nullable Descriptor subject,
    Map<String, String> annotations)
    implements JsonForm {

  public ImageManifest {
    known(schemaVersion);
    Required.field(config, "manifest", "config");
    layers = Lists.copy(layers);
    annotations = Lists.copy(annotations);
  }

  /// A manifest of an image, in OCI's or Docker's form as the media type says.
  public static ImageManifest of(MediaType mediaType, Descriptor config, List<Descriptor> layers) {
    return new ImageManifest(2, mediaType, null, config, layers, null, Map.of());
  }

  public static ImageManifest from(FieldReader json) {
    int version = known(json.integer("schemaVersion"));
    var config = json.object("config", Descriptor::from);
    var layers = json.objects("layers", Descriptor::from);
    var annotations = json.textMap("annotations");
    return new ImageManifest(
        version,
        json.parsed("mediaType", MediaType::of),
        json.text("artifactType"),
        Required.field(config, "manifest", "config"),
        layers,
        json.object("subject", Descriptor::from),
        annotations);
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("schemaVersion", schemaVersion)
        .text("mediaType", mediaType)
        .text("artifactType", artifactType)
        .form("config", config)
        .put("layers", layers)
        .form("subject", subject)
        .map("annotations", annotations)
        .node();
  }

  public ImageManifest withContent(Descriptor newConfig, List<Descriptor> newLayers) {
    return new ImageManifest(
        schemaVersion, mediaType, artifactType, newConfig, newLayers, subject, annotations);
  }

  public ImageManifest withMediaType(MediaType changed) {
    return new ImageManifest(
        schemaVersion, changed, artifactType, config, layers, subject, annotations);
  }

  public ImageManifest withAnnotations(Map<String, String> changed) {
    return new ImageManifest(
        schemaVersion, mediaType, artifactType, config, layers, subject, changed);
  }

  /// What it says that it is: an artifact by its own type, else by that of its config.
  public String type() {
    return artifactType == null ? config.mediaType().toString() : artifactType;
  }

  /// Whether the config describes a runnable image; otherwise this is another kind of artifact.
  public boolean isImage() {
    return config.mediaType().equals(MediaType.OCI_CONFIG)
        || config.mediaType().equals(MediaType.DOCKER_CONFIG);
  }

  private static int known(int schemaVersion) {
    if (schemaVersion != 2) {
      throw new OciException(
          OciException.Category.INVALID,
          "manifest: expected schemaVersion 2, found %d".formatted(schemaVersion));
    }
    return schemaVersion;
  }
}
