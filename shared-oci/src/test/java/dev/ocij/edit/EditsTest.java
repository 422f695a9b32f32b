package dev.ocij.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ocij.image.Artifact;
import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.image.RecordingWriter;
import dev.ocij.image.Samples;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageIndex;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditsTest {
  private static final String OCI = "application/vnd.oci.image.layer.";
  private static final String DOCKER = "application/vnd.docker.image.rootfs.";
  private static final int LEVEL = Compression.DEFAULT_LEVEL;

  private final Samples samples = new Samples();
  private final RecordingWriter writer = new RecordingWriter();

  /// What becomes of a layer's type, and how its content is stored then.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v1.tar,                       diff.tar,               NONE
          v1.tar+gzip,                  diff.tar.gzip,          GZIP
          v1.tar+zstd,                  diff.tar.gzip,          GZIP
          nondistributable.v1.tar+gzip, foreign.diff.tar.gzip,  GZIP
          """)
  void makes_docker_of_oci(String oci, String docker, Compression stored) throws IOException {
    var before = image(MediaType.OCI_MANIFEST, OCI + oci);
    var manifest = written(Edits.asDocker().apply(before));
    assertThat(manifest.mediaType()).isEqualTo(MediaType.DOCKER_MANIFEST);
    assertThat(manifest.layers().getFirst().mediaType()).hasToString(DOCKER + docker);
    assertStored(stored);
    assertThat(manifest.config())
        .isEqualTo(before.manifest().config().withMediaType(MediaType.DOCKER_CONFIG));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          diff.tar,               v1.tar
          diff.tar.gzip,          v1.tar+gzip
          foreign.diff.tar.gzip,  nondistributable.v1.tar+gzip
          """)
  void makes_oci_of_docker(String docker, String oci) throws IOException {
    var before = image(MediaType.DOCKER_MANIFEST, DOCKER + docker);
    var manifest = written(Edits.asOci().apply(before));
    assertThat(manifest.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(manifest.layers())
        .containsExactly(
            before.manifest().layers().getFirst().withMediaType(MediaType.of(OCI + oci)));
    assertThat(manifest.config())
        .isEqualTo(before.manifest().config().withMediaType(MediaType.OCI_CONFIG));
  }

  @Test
  void leaves_out_what_docker_has_no_field_for() throws IOException {
    var before = image(MediaType.OCI_MANIFEST, OCI + "v1.tar+gzip");
    var layer = before.manifest().layers().getFirst().withAnnotations(Map.of("a", "b"));
    var subject = Descriptor.of(MediaType.OCI_MANIFEST, new byte[1]);
    var annotated =
        samples.artifact(
            new ImageManifest(
                2,
                MediaType.OCI_MANIFEST,
                null,
                before.manifest().config(),
                List.of(layer),
                subject,
                Map.of("c", "d")));
    var manifest = written(Edits.asDocker().apply(annotated));
    assertThat(manifest.annotations()).isEmpty();
    assertThat(manifest.subject()).isNull();
    assertThat(manifest.layers().getFirst().annotations()).isEmpty();
  }

  @Test
  void leaves_alone_what_is_as_wanted() {
    var oci = image(MediaType.OCI_MANIFEST, OCI + "v1.tar+gzip");
    var docker = image(MediaType.DOCKER_MANIFEST, DOCKER + "diff.tar.gzip");
    assertThat(Edits.asOci().apply(oci)).isSameAs(oci);
    assertThat(Edits.asDocker().apply(docker)).isSameAs(docker);
    assertThat(Edits.asOciForZstd().apply(docker)).isSameAs(docker);
    assertThat(Edits.recompress(Compression.GZIP, LEVEL).apply(oci)).isSameAs(oci);
    assertThat(Edits.compressPlain(Compression.ZSTD, LEVEL).apply(oci)).isSameAs(oci);
    assertThat(Edit.NOTHING.andThen(Edit.NOTHING).apply(oci)).isSameAs(oci);
  }

  @Test
  void converts_images_only() {
    var artifact =
        samples.artifact(
            ImageManifest.of(
                MediaType.OCI_MANIFEST,
                samples.blob(MediaType.OCI_EMPTY, new byte[] {'{', '}'}),
                List.of()));
    assertThat(Edits.asOci().apply(artifact)).isSameAs(artifact);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Edits.asDocker().apply(artifact))
        .withMessageContaining("only images can be converted")
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.UNSUPPORTED);
  }

  /// Content goes from one compression to another whole; foreign layers stay.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v1.tar,                       GZIP, v1.tar+gzip
          v1.tar,                       ZSTD, v1.tar+zstd
          v1.tar+gzip,                  ZSTD, v1.tar+zstd
          v1.tar+zstd,                  GZIP, v1.tar+gzip
          v1.tar+gzip,                  NONE, v1.tar
          v1.tar+zstd,                  ZSTD, v1.tar+zstd
          nondistributable.v1.tar+gzip, ZSTD, nondistributable.v1.tar+gzip
          """)
  void recompresses_layers(String before, Compression compression, String after)
      throws IOException {
    var image = image(MediaType.OCI_MANIFEST, OCI + before);
    var manifest = written(Edits.recompress(compression, LEVEL).apply(image));
    assertThat(manifest.layers().getFirst().mediaType()).hasToString(OCI + after);
    assertStored(after.endsWith("gzip") ? Compression.GZIP : compression);
  }

  @ParameterizedTest
  @CsvSource({"v1.tar, v1.tar+zstd", "v1.tar+gzip, v1.tar+gzip"})
  void compresses_only_plain_layers(String before, String after) throws IOException {
    var image = image(MediaType.OCI_MANIFEST, OCI + before);
    var manifest = written(Edits.compressPlain(Compression.ZSTD, LEVEL).apply(image));
    assertThat(manifest.layers().getFirst().mediaType()).hasToString(OCI + after);
  }

  @Test
  void makes_oci_of_docker_where_zstd_layers_came_in() throws IOException {
    var edit = Edits.recompress(Compression.ZSTD, LEVEL).andThen(Edits.asOciForZstd());
    var manifest = written(edit.apply(image(MediaType.DOCKER_MANIFEST, DOCKER + "diff.tar.gzip")));
    assertThat(manifest.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(manifest.layers().getFirst().mediaType()).isEqualTo(MediaType.OCI_LAYER_ZSTD);
    assertThat(manifest.config().mediaType()).isEqualTo(MediaType.OCI_CONFIG);
    assertStored(Compression.ZSTD);
  }

  @Test
  void finds_its_way_back_to_the_original_layer() throws IOException {
    var image = image(MediaType.OCI_MANIFEST, OCI + "v1.tar+gzip");
    var edit = Edits.recompress(Compression.ZSTD, LEVEL).andThen(Edits.asDocker());
    assertThat(written(edit.apply(image)).layers().getFirst())
        .isEqualTo(image.manifest().layers().getFirst().withMediaType(MediaType.DOCKER_LAYER_GZIP));
  }

  @Test
  void makes_docker_of_a_whole_index() throws IOException {
    var amd64 = Platform.of("linux", "amd64");
    var index =
        samples.index(
            MediaType.OCI_INDEX, Map.of(amd64, image(MediaType.OCI_MANIFEST, OCI + "v1.tar+gzip")));
    var document = Edits.asDocker().apply(index).write(writer);
    assertThat(document.mediaType()).isEqualTo(MediaType.DOCKER_LIST);
    assertThat(Json.read(document.bytes(), ImageIndex::from, "index").manifests())
        .containsExactly(writer.members().getFirst().descriptor().withPlatform(amd64));
  }

  @Test
  void reads_no_blob_before_it_is_written() {
    var missing = Descriptor.of(MediaType.of(OCI + "v1.tar+zstd"), new byte[] {1});
    var image = samples.image(MediaType.OCI_MANIFEST, missing);
    assertThat(Edits.asDocker().andThen(Edits.asOci()).apply(image)).isNotSameAs(image);
  }

  private Image image(MediaType manifest, String layer) {
    return samples.image(manifest, samples.layer(MediaType.of(layer), "content"));
  }

  private ImageManifest written(Artifact artifact) throws IOException {
    Document document = artifact.write(writer);
    return Json.read(document.bytes(), ImageManifest::from, "manifest");
  }

  private void assertStored(Compression compression) throws IOException {
    for (Map.Entry<Blob, byte[]> stored : writer.blobs().entrySet()) {
      if (stored.getKey().mediaType().value().contains(".tar")) {
        var in = new ByteArrayInputStream(stored.getValue());
        assertThat(Compression.detect(in)).isEqualTo(compression);
        assertThat(Compression.decompressAny(in).readAllBytes()).asString().isEqualTo("content");
      }
    }
  }
}
