package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexTest {
  private static final Platform AMD64 = Platform.of("linux", "amd64");
  private static final Platform ARM64 = Platform.of("linux", "arm64");

  private final Samples samples = new Samples();
  private final RecordingWriter writer = new RecordingWriter();

  /// The entry that is chosen, counted from 0; `-` stands for an entry without a platform.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          linux/amd64,     linux/amd64 linux/arm64,                      0
          linux/arm64,     linux/amd64 linux/arm64,                      1
          linux/arm64,     linux/amd64 linux/arm64/v8,                   1
          linux/arm64/v8,  linux/amd64 linux/arm64,                      1
          linux/arm/v7,    linux/arm/v5 linux/arm/v6 linux/arm/v8,       1
          linux/arm/v7,    linux/arm linux/arm/v7,                       1
          linux/arm,       linux/arm/v6 linux/arm/v7,                    0
          linux/amd64,     unknown/unknown linux/amd64,                  1
          linux/amd64,     linux/arm64 -,                                1
          linux/amd64,     - linux/amd64,                                1
          """)
  void chooses_the_image_for_a_platform(String wanted, String offered, int chosen) {
    var index = offering(offered);
    assertThat(index.forPlatform(Platform.parse(wanted))).isSameAs(index.members().get(chosen));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          linux/s390x,   linux/amd64 linux/arm/v7 unknown/unknown, 'linux/amd64, linux/arm/v7'
          linux/arm/v6,  linux/arm/v7,                             linux/arm/v7
          windows/amd64, linux/amd64,                              linux/amd64
          """)
  void names_the_platforms_there_are(String wanted, String offered, String named) {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> offering(offered).forPlatform(Platform.parse(wanted)))
        .withMessage(
            "choose an image for %s: the index has none; it has %s".formatted(wanted, named))
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.USAGE);
  }

  @Test
  void keeps_its_bytes_when_no_member_changed() throws IOException {
    var index = sample(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST);
    assertThat(index.mapMembers(member -> member).write(writer)).isSameAs(index.original());
    assertThat(writer.members())
        .extracting(Document::digest)
        .containsExactlyElementsOf(
            index.index().manifests().stream().map(Descriptor::digest).toList());
  }

  @Test
  void is_composed_anew_when_a_member_changed() throws IOException {
    var index = sample(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST);
    var first = index.index().manifests().getFirst();
    var written =
        index.mapMembers(m -> isMember(m, first) ? annotated((Image) m) : m).write(writer);
    var entries = Json.read(written.bytes(), ImageIndex::from, "index").manifests();
    assertThat(written.mediaType()).isEqualTo(MediaType.OCI_INDEX);
    assertThat(entries.getLast()).isEqualTo(index.index().manifests().getLast());
    assertThat(entries.getFirst())
        .isEqualTo(writer.members().getFirst().descriptor().withPlatform(AMD64))
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/vnd.oci.image.manifest.v1+json,           application/vnd.oci.image.index.v1+json
          application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json
          """)
  void is_of_the_format_of_its_members(String members, String type) throws IOException {
    var index = sample(MediaType.OCI_INDEX, MediaType.of(members));
    assertThat(index.mapMembers(m -> annotated((Image) m)).write(writer).mediaType())
        .hasToString(type);
  }

  @Test
  void is_written_without_its_members_when_sparse() throws IOException {
    var index = sample(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST);
    assertThat(index.sparse(List.of()).write(writer)).isSameAs(index.original());
    assertThat(writer.members()).isEmpty();
    assertThat(writer.blobs()).isEmpty();
    assertThat(writer.leftOut())
        .isEqualTo(index.index().manifests().stream().map(Descriptor::digest).toList());
  }

  @Test
  void says_which_members_it_leaves_out() throws IOException {
    var index = sample(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST);
    var sparse = index.sparse(List.of(index.forPlatform(ARM64)));
    assertThat(sparse.write(writer)).isSameAs(index.original());
    assertThat(writer.members()).hasSize(1);
    assertThat(writer.leftOut()).containsExactly(index.forPlatform(AMD64).descriptor().digest());
  }

  @Test
  void holds_chosen_members_only() throws IOException {
    var index = sample(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST);
    var written = index.withMembers(List.of(index.forPlatform(ARM64))).write(writer);
    assertThat(Json.read(written.bytes(), ImageIndex::from, "index").manifests())
        .containsExactly(index.index().manifests().getLast());
  }

  private Index sample(MediaType type, MediaType members) {
    var images = new LinkedHashMap<Platform, Image>();
    images.put(AMD64, samples.image(members, samples.layer(MediaType.OCI_LAYER_GZIP, "amd64")));
    images.put(ARM64, samples.image(members, samples.layer(MediaType.OCI_LAYER_GZIP, "arm64")));
    return samples.index(type, images);
  }

  private static Index offering(String platforms) {
    var entries =
        Arrays.stream(platforms.split(" "))
            .map(platform -> entry(platform.equals("-") ? null : Platform.parse(platform)))
            .toList();
    return Samples.index(ImageIndex.of(MediaType.OCI_INDEX, entries), Map.of());
  }

  private static Descriptor entry(@Nullable Platform platform) {
    return Descriptor.of(MediaType.OCI_MANIFEST, Digest.of(new byte[0]), 0).withPlatform(platform);
  }

  private static boolean isMember(Artifact artifact, Descriptor entry) {
    var original = artifact.original();
    return original != null && original.digest().equals(entry.digest());
  }

  private static Image annotated(Image image) {
    return image.withManifest(image.manifest().withAnnotations(Map.of("changed", "yes")));
  }
}
