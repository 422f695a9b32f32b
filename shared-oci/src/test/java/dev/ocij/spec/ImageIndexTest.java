package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageIndexTest {
  private static final Digest MEMBER = Digest.parse("sha256:" + "d".repeat(64));

  @Test
  void reads_oci() {
    var index =
        read(
            """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",
             "manifests":[
               {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":7143,
                "platform":{"architecture":"arm","os":"linux","variant":"v7"}},
               {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":1,
                "artifactType":"application/x","annotations":{"a":"b"},
                "platform":{"architecture":"unknown","os":"unknown"}}],
             "annotations":{"k":"v"}}
            """
                .formatted(MEMBER, MEMBER));
    assertThat(index.manifests())
        .extracting(Descriptor::platform)
        .extracting(String::valueOf)
        .containsExactly("linux/arm/v7", "unknown/unknown");
    assertThat(index.annotations()).containsEntry("k", "v");
    assertThat(index.manifests().getLast().artifactType()).isEqualTo("application/x");
  }

  @Test
  void reads_docker() {
    var index =
        read(
            """
            {"schemaVersion":2,
             "mediaType":"application/vnd.docker.distribution.manifest.list.v2+json",
             "manifests":[{"mediaType":"application/vnd.docker.distribution.manifest.v2+json",
               "digest":"%s","size":528,
               "platform":{"architecture":"amd64","os":"linux","features":["sse4"]}}]}
            """
                .formatted(MEMBER));
    assertThat(index)
        .isEqualTo(
            ImageIndex.of(
                MediaType.DOCKER_LIST,
                List.of(
                    Descriptor.of(MediaType.DOCKER_MANIFEST, MEMBER, 528)
                        .withPlatform(Platform.of("linux", "amd64")))));
  }

  @Test
  void takes_the_nulls_of_go_for_absence() {
    assertThat(read("{\"schemaVersion\":2,\"manifests\":null,\"annotations\":null}").manifests())
        .isEmpty();
  }

  @Test
  void refuses_another_schema_version() {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> read("{\"schemaVersion\":3,\"manifests\":[]}"))
        .withMessage("read index: index: expected schemaVersion 2, found 3");
  }

  @Test
  void writes_an_empty_list() {
    assertThat(Json.write(ImageIndex.of(MediaType.OCI_INDEX, List.of())))
        .asString()
        .isEqualTo(
            """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",\
            "manifests":[]}\
            """);
  }

  private static ImageIndex read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), ImageIndex::from, "index");
  }
}
