package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What image-spec, "Content Descriptors", calls so: the type, digest and size of some content,
/// enough to fetch and to verify it.
///
/// @param size in bytes, of the content as stored
public record Descriptor(
    MediaType mediaType,
    Digest digest,
    long size,
    List<String> urls,
    Map<String, String> annotations,
    @Nullable String data,
    @Nullable Platform platform,
    @Nullable String artifactType)
    implements JsonForm {
  /// The annotation that names an image inside an OCI layout.
  public static final String REF_NAME = "org.opencontainers.image.ref.name";

  public Descriptor {
    Required.field(mediaType, "descriptor", "mediaType");
    Required.field(digest, "descriptor", "digest");
    if (size < 0) {
      throw new OciException(
          OciException.Category.INVALID, "descriptor of %s: negative size".formatted(digest));
    }
    urls = Lists.copy(urls);
    annotations = Lists.copy(annotations);
  }

  public static Descriptor of(MediaType mediaType, Digest digest, long size) {
    return new Descriptor(mediaType, digest, size, List.of(), Map.of(), null, null, null);
  }

  /// The descriptor of these bytes, by SHA-256.
  public static Descriptor of(MediaType mediaType, byte[] content) {
    return of(mediaType, Digest.of(content), content.length);
  }

  public static Descriptor from(FieldReader json) {
    return new Descriptor(
        Required.field(json.parsed("mediaType", MediaType::of), "descriptor", "mediaType"),
        Required.field(json.parsed("digest", Digest::parse), "descriptor", "digest"),
        json.number("size"),
        json.texts("urls"),
        json.textMap("annotations"),
        json.text("data"),
        json.object("platform", Platform::from),
        json.text("artifactType"));
  }

  @Override
  public JsonNode json() {
    var fields = new FieldWriter().text("mediaType", mediaType);
    if (mediaType.isDocker()) {
      fields.put("size", size).text("digest", digest); // so that digests are those of the peers
    } else {
      fields.text("digest", digest).put("size", size);
    }
    return fields
        .list("urls", urls)
        .map("annotations", annotations)
        .text("data", data)
        .form("platform", platform)
        .text("artifactType", artifactType)
        .node();
  }

  public Descriptor withMediaType(MediaType changed) {
    return new Descriptor(changed, digest, size, urls, annotations, data, platform, artifactType);
  }

  public Descriptor withAnnotations(Map<String, String> changed) {
    return new Descriptor(mediaType, digest, size, urls, changed, data, platform, artifactType);
  }

  public Descriptor withPlatform(@Nullable Platform changed) {
    return new Descriptor(mediaType, digest, size, urls, annotations, data, changed, artifactType);
  }

  public Descriptor withData(String changed) {
    return new Descriptor(
        mediaType, digest, size, urls, annotations, changed, platform, artifactType);
  }

  public Descriptor withArtifactType(String changed) {
    return new Descriptor(mediaType, digest, size, urls, annotations, data, platform, changed);
  }
}
