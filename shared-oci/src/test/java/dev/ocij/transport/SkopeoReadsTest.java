package dev.ocij.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.image.Document;
import dev.ocij.store.Contents;
import dev.ocij.testing.Tool;
import dev.ocij.transport.archive.DockerArchiveTransport;
import dev.ocij.transport.archive.OciArchiveTransport;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What we write, skopeo reads with the same digest; what skopeo writes, we do.
@Tag("tool")
class SkopeoReadsTest {
  private static final String PLACES =
      """
      oci,            /o:v1,              false
      oci-archive,    /o.tar:v1,          false
      dir,            /d,                 false
      docker-archive, /d.tar:sample:v1,   true
      """;

  @TempDir Path folder;
  private Tool skopeo;

  @BeforeEach
  void find() {
    skopeo = Tool.required("skopeo");
  }

  @ParameterizedTest
  @CsvSource(textBlock = PLACES)
  void skopeo_reads_what_we_write(String name, String place, boolean docker) throws IOException {
    var image = docker ? SampleImage.docker(1) : SampleImage.oci(1);
    write(name, folder + place, image);
    var ours = read(name, folder + place);
    copy(name + ":" + folder + place, "dir:" + folder + "/copy");
    assertThat(folder.resolve("copy/manifest.json")).hasBinaryContent(ours.bytes());
    for (var blob : image.blobs()) {
      assertThat(folder.resolve("copy").resolve(blob.descriptor().digest().hex()))
          .hasBinaryContent(blob.open().readAllBytes());
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = PLACES)
  void we_read_what_skopeo_writes(String name, String place, boolean docker) throws IOException {
    var image = docker ? SampleImage.docker(1) : SampleImage.oci(1);
    write("dir", folder + "/from", image);
    copy("dir:" + folder + "/from", name + ":" + folder + place);
    var raw = skopeo.output("--insecure-policy", "inspect", "--raw", name + ":" + folder + place);
    assertThat(read(name, folder + place).bytes()).asString().isEqualTo(raw);
    try (var source = transport(name).openSource(folder + place)) {
      for (var blob : Contents.of(source.document())) {
        assertThat(source.blob(blob).open().readAllBytes()).hasSize((int) blob.size());
      }
    }
  }

  @Test
  void a_docker_archive_is_laid_out_as_skopeo_does() throws IOException {
    var image = SampleImage.docker(1);
    write("dir", folder + "/from", image);
    copy("dir:" + folder + "/from", "docker-archive:" + folder + "/theirs.tar:sample:v1");
    write("docker-archive", folder + "/ours.tar:sample:v1", image);
    var tar = Tool.required("tar");
    for (var file : List.of("manifest.json", "repositories")) {
      assertThat(tar.output("-xOf", folder + "/ours.tar", file))
          .isEqualTo(tar.output("-xOf", folder + "/theirs.tar", file));
    }
    assertThat(tar.output("-tvf", folder + "/ours.tar").lines())
        .containsExactlyInAnyOrderElementsOf(
            tar.output("-tvf", folder + "/theirs.tar").lines().toList());
  }

  private void copy(String from, String to) {
    skopeo.output("--insecure-policy", "copy", "-q", from, to);
  }

  private Document read(String name, String rest) throws IOException {
    try (var source = transport(name).openSource(rest)) {
      return source.document();
    }
  }

  private void write(String name, String rest, SampleImage image) throws IOException {
    try (var sink = transport(name).openSink(rest)) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
  }

  private Transport transport(String name) {
    return switch (name) {
      case "oci" -> new LayoutTransport();
      case "oci-archive" -> new OciArchiveTransport(folder);
      case "docker-archive" -> new DockerArchiveTransport(folder, List.of());
      default -> new DirectoryTransport();
    };
  }
}
