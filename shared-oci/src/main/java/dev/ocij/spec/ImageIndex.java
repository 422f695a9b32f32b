package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Several manifests under one name: image-spec, "Image Index", and Docker's manifest list.
public record ImageIndex(
    int schemaVersion,
    @Nullable MediaType mediaType,
    @Nullable String artifactType,
    List<Descriptor> manifests,
    @Nullable Descriptor subject,
    Map<String, String> annotations)
    implements JsonForm {

  public ImageIndex {
    if (schemaVersion != 2) {
      throw new OciException(
          OciException.Category.INVALID,
          "index: expected schemaVersion 2, found %d".formatted(schemaVersion));
    }
    manifests = Lists.copy(manifests);
    annotations = Lists.copy(annotations);
  }

  public static ImageIndex of(MediaType mediaType, List<Descriptor> manifests) {
    return new ImageIndex(2, mediaType, null, manifests, null, Map.of());
  }

  public static ImageIndex from(FieldReader json) {
    return new ImageIndex(
        json.integer("schemaVersion"),
        json.parsed("mediaType", MediaType::of),
        json.text("artifactType"),
        json.objects("manifests", Descriptor::from),
        json.object("subject", Descriptor::from),
        json.textMap("annotations"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("schemaVersion", schemaVersion)
        .text("mediaType", mediaType)
        .text("artifactType", artifactType)
        .put("manifests", manifests)
        .form("subject", subject)
        .map("annotations", annotations)
        .node();
  }

  public ImageIndex withManifests(List<Descriptor> changed) {
    return new ImageIndex(schemaVersion, mediaType, artifactType, changed, subject, annotations);
  }

  public ImageIndex withMediaType(MediaType changed) {
    return new ImageIndex(schemaVersion, changed, artifactType, manifests, subject, annotations);
  }
}
