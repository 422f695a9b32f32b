package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageTest {
  private final Samples samples = new Samples();
  private final RecordingWriter writer = new RecordingWriter();

  @Test
  void keeps_its_bytes_when_nothing_changed() throws IOException {
    var image = sample();
    assertThat(image.write(writer)).isSameAs(image.original());
    assertThat(writer.blobs())
        .containsOnlyKeys(image.layers().getFirst(), image.layers().getLast(), image.config());
  }

  @Test
  void writes_a_manifest_of_what_was_stored() throws IOException {
    var image = sample();
    var made = new byte[] {1, 2, 3};
    var fresh =
        new Blob.Fresh(
            MediaType.OCI_LAYER,
            (Blob.Known) image.layers().getFirst(),
            () -> new ByteArrayInputStream(made));
    var written =
        image
            .withBlobs(image.config(), List.of(fresh, image.layers().getLast()))
            .withManifest(image.manifest().withAnnotations(Map.of("a", "b")))
            .withBlobs(image.config(), List.of(fresh, image.layers().getLast()))
            .write(writer);
    assertThat(written.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    var manifest = Json.read(written.bytes(), ImageManifest::from, "manifest");
    assertThat(manifest.annotations()).isEqualTo(Map.of("a", "b"));
    assertThat(manifest.config()).isEqualTo(image.manifest().config());
    assertThat(manifest.layers())
        .containsExactly(
            Descriptor.of(MediaType.OCI_LAYER, made), image.manifest().layers().getLast());
  }

  @Test
  void is_made_of_blobs() throws IOException {
    var config = Blob.of(MediaType.DOCKER_CONFIG, new byte[] {'{', '}'});
    var layer = Blob.of(MediaType.DOCKER_LAYER_GZIP, new byte[] {7});
    var written = Image.of(MediaType.DOCKER_MANIFEST, config, List.of(layer)).write(writer);
    assertThat(Json.read(written.bytes(), ImageManifest::from, "manifest"))
        .isEqualTo(
            ImageManifest.of(
                MediaType.DOCKER_MANIFEST, config.descriptor(), List.of(layer.descriptor())));
  }

  @Test
  void reads_its_configuration() {
    var image = sample();
    assertThat(image.readConfig().platform()).isEqualTo(Platform.of("linux", "amd64"));
    assertThat(image.readConfigBytes())
        .startsWith(' ')
        .hasSize((int) image.manifest().config().size());
  }

  @Test
  void takes_content_from_its_descriptor_before_the_place() throws IOException {
    var empty =
        new Descriptor(
            MediaType.OCI_EMPTY,
            Descriptor.of(MediaType.OCI_EMPTY, new byte[] {'{', '}'}).digest(),
            2,
            List.of(),
            Map.of(),
            "e30=",
            null,
            null);
    var image = samples.artifact(ImageManifest.of(MediaType.OCI_MANIFEST, empty, List.of()));
    try (var in = image.config().open()) {
      assertThat(in.readAllBytes()).asString().isEqualTo("{}");
    }
  }

  @Test
  void refuses_content_in_a_descriptor_that_is_not_its_own() {
    var config = Descriptor.of(MediaType.OCI_EMPTY, new byte[] {'{', '}'});
    for (var data : List.of("fX0=", "!", "e30=e30=")) {
      var lying =
          new Descriptor(
              config.mediaType(), config.digest(), 2, List.of(), Map.of(), data, null, null);
      var image = samples.artifact(ImageManifest.of(MediaType.OCI_MANIFEST, lying, List.of()));
      assertThatExceptionOfType(OciException.class)
          .as(data)
          .isThrownBy(image::readConfigBytes)
          .withMessageContaining(config.digest().toString());
    }
  }

  @Test
  void refuses_a_configuration_without_limits() {
    var image =
        samples.artifact(
            ImageManifest.of(
                MediaType.OCI_MANIFEST,
                samples.blob(MediaType.OCI_CONFIG, new byte[Json.LARGEST_DOCUMENT + 1]),
                List.of()));
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(image::readConfig)
        .withMessage("read image configuration: it is larger than 4194304 bytes");
  }

  private Image sample() {
    return samples.image(
        MediaType.OCI_MANIFEST,
        samples.layer(MediaType.OCI_LAYER_GZIP, "base"),
        samples.layer(MediaType.OCI_LAYER_ZSTD, "top"));
  }
}
