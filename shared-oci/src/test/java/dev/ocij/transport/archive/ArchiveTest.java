package dev.ocij.transport.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Image;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.testing.TarText;
import dev.ocij.transport.SampleImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Archives of others, some of them hostile.
class ArchiveTest {
  @TempDir Path folder;
  private final SampleImage first = SampleImage.docker(1);
  private final SampleImage second = SampleImage.docker(2);

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void a_compressed_archive_is_read(Compression compression) throws IOException {
    var plain = savedByDocker25(false);
    var archive = folder.resolve("compressed.tar");
    try (var out = compression.compress(Files.newOutputStream(archive), -1)) {
      Files.copy(plain, out);
    }
    assertReads(archive + ":docker.io/library/one:v1", first);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          :one:v1, 1
          :@0,     1
          :two,    2
          :@1,     2
          """)
  void an_image_of_several_is_chosen_by_name_or_position(String choice, int number)
      throws IOException {
    assertReads(savedByDocker25(false) + choice, number == 1 ? first : second);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          :one:v2, USAGE, not found
          :@2,     USAGE, only 2 manifest items available
          '',      USAGE,     it has 2 images
          """)
  void an_image_that_is_not_there_is_refused(
      String choice, OciException.Category category, String found) throws IOException {
    var archive = savedByDocker25(false);
    assertThatThrownBy(() -> docker().openSource(archive + choice))
        .isInstanceOfSatisfying(
            OciException.class, e -> assertThat(e.category()).isEqualTo(category))
        .hasMessageContaining(found);
  }

  @ParameterizedTest
  @CsvSource({"@x", "@-1", "@"})
  void a_position_is_a_number(String position) throws IOException {
    var archive = savedByDocker25(false);
    assertThatThrownBy(() -> docker().openSource(archive + ":" + position))
        .hasMessageContaining("Invalid source index " + position);
    assertThatThrownBy(() -> new OciArchiveTransport(folder).openSource(archive + ":" + position))
        .hasMessageContaining("Invalid source index " + position);
  }

  /// Whatever is behind it: to replace it would take it from all other programs.
  @ParameterizedTest
  @CsvSource({
    "/dev/stdout, true",
    "/dev/../dev/fd/1, true",
    "/proc/self/fd/1, true",
    "/dev/null, true",
    "/etc/hostname, false",
    "/nonexistent/a.tar, false"
  })
  void what_is_open_is_not_replaced(Path path, boolean open) {
    assertThat(OpenFile.isNamedBy(path)).isEqualTo(open);
  }

  @Test
  void a_link_is_written_through() throws IOException {
    var target = Files.createDirectory(folder.resolve("elsewhere")).resolve("archive.tar");
    Files.createFile(target);
    var link = Files.createSymbolicLink(folder.resolve("link.tar"), target);
    try (var sink = docker().openSink(link + ":one:v1")) {
      first.putBlobs(sink);
      sink.commit(first.manifest());
    }
    assertThat(link).isSymbolicLink();
    assertReads(target + ":one:v1", first);
  }

  @Test
  void the_names_in_an_archive_are_listed() throws IOException {
    assertThat(docker().tags(savedByDocker25(false).toString())).containsExactly("one:v1", "two");
  }

  @Test
  void a_layer_that_links_to_another_is_read() throws IOException {
    assertReads(savedByDocker25(true) + ":one:v1", first);
  }

  @Test
  void plain_layers_are_known_to_be_plain() throws IOException {
    try (var source = docker().openSource(savedByDocker25(false) + ":one:v1")) {
      assertThat(((Image) source.read()).layers())
          .extracting(Blob::mediaType)
          .containsOnly(MediaType.DOCKER_LAYER);
    }
  }

  @ParameterizedTest
  @CsvSource({"../secret.txt", "/etc/hostname", "link"})
  void a_configuration_outside_the_archive_is_not_found(String config) throws IOException {
    Files.writeString(folder.resolve("secret.txt"), "{}");
    var archive = folder.resolve("bad.tar");
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      link(tar, "link", "../../../../../../etc/hostname");
      file(tar, "manifest.json", Json.write(List.of(new SavedImage(config, List.of(), List.of()))));
    }
    assertThatThrownBy(() -> docker().openSource(archive.toString()))
        .isInstanceOfSatisfying(
            OciException.class,
            e -> assertThat(e.category()).isEqualTo(OciException.Category.INVALID))
        .hasMessageContaining(config);
  }

  @Test
  void a_file_that_is_no_archive_is_refused_by_name() throws IOException {
    var file = Files.write(folder.resolve("text"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> docker().openSource(file.toString()))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("open " + file);
  }

  @Test
  void an_archive_that_was_given_up_leaves_nothing() throws IOException {
    try (var sink = docker().openSink(folder + "/given-up.tar")) {
      first.putBlobs(sink);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_tag_that_is_no_name_is_none() throws IOException {
    var config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
    var manifest =
        "[{\"Config\":\"c.json\",\"RepoTags\":[\"<none>:<none>\",\"x:1\"],\"Layers\":[]}]";
    var archive = folder.resolve("none.tar");
    Files.write(
        archive,
        new TarText()
            .file("c.json", 0644, config.getBytes(StandardCharsets.UTF_8))
            .file("manifest.json", 0644, manifest.getBytes(StandardCharsets.UTF_8))
            .bytes());
    try (var source = docker().openSource(archive.toString())) {
      assertThat(source.names()).asString().isEqualTo("[docker.io/library/x:1]");
    }
  }

  private DockerArchiveTransport docker() {
    return new DockerArchiveTransport(folder, List.of());
  }

  private void assertReads(String rest, SampleImage image) throws IOException {
    try (var source = docker().openSource(rest)) {
      for (var blob : image.blobs()) {
        assertThat(source.blob(blob.descriptor()).open()).hasSameContentAs(blob.open());
      }
    }
  }

  private Path savedByDocker25(boolean linked) throws IOException {
    var archive = folder.resolve("saved.tar");
    try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      for (var image : List.of(first, second)) {
        for (var blob : image.blobs()) {
          file(tar, path(blob), blob.open().readAllBytes());
          if (linked) {
            link(tar, "links/" + path(blob).replace('/', '-'), "../" + path(blob));
          }
        }
      }
      file(
          tar,
          "manifest.json",
          Json.write(List.of(saved(first, "one:v1", linked), saved(second, "two", linked))));
    }
    return archive;
  }

  private static SavedImage saved(SampleImage image, String tag, boolean linked) {
    var layers = image.layers().stream().map(ArchiveTest::path);
    return new SavedImage(
        path(image.config()),
        List.of(tag),
        linked ? layers.map(path -> "links/" + path.replace('/', '-')).toList() : layers.toList());
  }

  private static String path(Blob.Known blob) {
    return "blobs/sha256/" + blob.descriptor().digest().hex();
  }

  private static void file(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, String name, String target)
      throws IOException {
    var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
