package dev.ocij.transport.local;

import dev.ocij.image.Blob;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.ImageStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An artifact made of files, each of which is a layer as it is.
///
/// @param type of the artifact
/// @param config its content; empty for the artifact that has none
/// @param layerType null to tell it by the name of a file, or by what is in it
/// @param titled whether layers have the names of their files
/// @param subject what it is about; null for nothing
public record FileArtifact(
    String type,
    byte[] config,
    MediaType configType,
    @Nullable MediaType layerType,
    boolean titled,
    @Nullable Descriptor subject,
    Map<String, String> annotations) {
  /// The type of an artifact that nobody gave one.
  public static final String UNKNOWN = "application/vnd.unknown.artifact.v1";

  private static final String TITLE = "org.opencontainers.image.title";
  private static final byte[] NOTHING = {'{', '}'};
  private static final int LOOKED_AT = 512;

  public FileArtifact {
    annotations = Map.copyOf(annotations);
  }

  /// Stores it.
  ///
  /// @return its manifest, for a list
  public Descriptor store(ImageStore images, List<Path> files) throws IOException {
    var layers = new ArrayList<Descriptor>();
    for (var file : files) {
      layers.add(layer(images, file));
    }
    var manifest =
        new ImageManifest(
            2, MediaType.OCI_MANIFEST, type, config(images), layers, subject, annotations);
    var stored = images.blobs().put(Blob.of(MediaType.OCI_MANIFEST, Json.write(manifest)));
    return stored.withArtifactType(type);
  }

  private Descriptor config(ImageStore images) throws IOException {
    var content = config.length == 0 ? NOTHING : config;
    var stored = images.blobs().put(Blob.of(configType, content));
    return configType.equals(MediaType.OCI_EMPTY)
        ? stored.withData(Base64.getEncoder().encodeToString(content))
        : stored;
  }

  private Descriptor layer(ImageStore images, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "add %s to an artifact: there is no such file".formatted(Quoted.of(file.toString())));
    }
    var type = layerType == null ? typeOf(file) : layerType;
    var stored = images.blobs().put(new Blob.Fresh(type, null, () -> Files.newInputStream(file)));
    return titled
        ? stored.withAnnotations(Map.of(TITLE, String.valueOf(file.getFileName())))
        : stored;
  }

  private static MediaType typeOf(Path file) throws IOException {
    var byName = URLConnection.guessContentTypeFromName(String.valueOf(file.getFileName()));
    if (byName != null) {
      return MediaType.of(byName);
    }
    try (var content = Files.newInputStream(file)) {
      return MediaType.of(isText(content) ? "text/plain" : "application/octet-stream");
    }
  }

  /// Whether the beginning is text; a character that it cuts does not count.
  private static boolean isText(InputStream content) throws IOException {
    var beginning = content.readNBytes(LOOKED_AT);
    int end = beginning.length;
    while (end > 0 && end > LOOKED_AT - 4 && beginning[end - 1] < 0) {
      end--;
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(beginning, 0, end));
      return text.chars().noneMatch(c -> c < ' ' && !Character.isWhitespace(c));
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
