package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageManifestTest {
  private static final Digest CONFIG = Digest.parse("sha256:" + "c".repeat(64));
  private static final Digest LAYER = Digest.parse("sha256:" + "1".repeat(64));

  private static final String OCI =
      """
      {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:%s", "size": 7023},
        "layers": [
          {
            "mediaType": "application/vnd.oci.image.layer.v1.tar+zstd",
            "digest": "sha256:%s",
            "size": 32654,
            "annotations": {"z": "last", "a": "first"},
            "urls": ["https://example.com/layer"],
            "data": "e30="
          }
        ],
        "subject": {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:%s", "size": 9},
        "artifactType": "application/vnd.example+type",
        "annotations": {"com.example.key1": "value1"}
      }
      """
          .formatted(CONFIG.hex(), LAYER.hex(), "5".repeat(64));

  private static final String DOCKER =
      """
      {
         "schemaVersion": 2,
         "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
         "config": {
            "mediaType": "application/vnd.docker.container.image.v1+json",
            "size": 1512,
            "digest": "sha256:%s"
         },
         "layers": [
            {
               "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
               "size": 2107098,
               "digest": "sha256:%s"
            }
         ]
      }
      """
          .formatted(CONFIG.hex(), LAYER.hex());

  @Test
  void reads_oci() {
    var manifest = read(OCI);
    assertThat(manifest.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(manifest.config()).isEqualTo(Descriptor.of(MediaType.OCI_CONFIG, CONFIG, 7023));
    assertThat(manifest.isImage()).isTrue();
    assertThat(manifest.artifactType()).isEqualTo("application/vnd.example+type");
    assertThat(manifest.annotations()).isEqualTo(Map.of("com.example.key1", "value1"));
    assertThat(manifest.subject()).isNotNull();
    var layer = manifest.layers().getFirst();
    assertThat(layer.digest()).isEqualTo(LAYER);
    assertThat(layer.annotations())
        .containsExactly(Map.entry("z", "last"), Map.entry("a", "first"));
    assertThat(layer.urls()).containsExactly("https://example.com/layer");
    assertThat(layer.data()).isEqualTo("e30=");
  }

  @Test
  void reads_docker() {
    var manifest = read(DOCKER);
    assertThat(manifest)
        .isEqualTo(
            ImageManifest.of(
                MediaType.DOCKER_MANIFEST,
                Descriptor.of(MediaType.DOCKER_CONFIG, CONFIG, 1512),
                List.of(Descriptor.of(MediaType.DOCKER_LAYER_GZIP, LAYER, 2107098))));
    assertThat(manifest.isImage()).isTrue();
  }

  @Test
  void takes_the_nulls_of_go_for_absence() {
    var manifest =
        read(
            """
            {"schemaVersion":2,"layers":null,"annotations":null,"subject":null,"mediaType":null,
             "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2,
                       "urls":null,"annotations":null,"platform":null}}
            """
                .formatted(CONFIG));
    assertThat(manifest.layers()).isEmpty();
    assertThat(manifest.annotations()).isEmpty();
    assertThat(manifest.mediaType()).isNull();
    assertThat(manifest.isImage()).isFalse();
  }

  @Test
  void writes_the_fields_of_the_specification_and_no_others() {
    var manifest =
        ImageManifest.of(
            MediaType.OCI_MANIFEST, Descriptor.of(MediaType.OCI_EMPTY, CONFIG, 0), List.of());
    assertThat(Json.write(manifest))
        .asString()
        .isEqualTo(
            """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
            "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":0},\
            "layers":[]}\
            """
                .formatted(CONFIG));
  }

  @Test
  void reads_what_it_writes() {
    assertThat(read(new String(Json.write(read(OCI)), StandardCharsets.UTF_8)))
        .isEqualTo(read(OCI));
  }

  private static ImageManifest read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), ImageManifest::from, "manifest");
  }
}
