package dev.ocij.transport.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.config.Environment;
import dev.ocij.store.Contents;
import dev.ocij.testing.DockerDaemon;
import dev.ocij.testing.Tool;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.Transport;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One daemon for skopeo and us: what one loads, the other reads.
@Tag("tool")
class DaemonJudgedTest {
  private static final String NAME = "example.com/sample:v1";
  @TempDir private Path folder;
  private final SampleImage image = SampleImage.docker(1);
  private Tool skopeo;
  @AutoClose private DockerDaemon daemon;
  private Transport transport;

  @BeforeEach
  void a_daemon() {
    skopeo = Tool.required("skopeo");
    daemon = DockerDaemon.open(folder);
    transport =
        new DaemonTransport(daemon.host(), RegistryOptions.of(Environment.system()), folder);
  }

  @Test
  void skopeo_reads_what_we_load() throws IOException {
    write(transport, NAME);
    copy("--src-daemon-host=" + daemon.host(), "docker-daemon:" + NAME, "dir:" + folder + "/copy");
    try (var source = transport.openSource(NAME)) {
      assertThat(folder.resolve("copy/manifest.json")).hasBinaryContent(source.document().bytes());
    }
    for (var blob : image.blobs()) {
      assertThat(folder.resolve("copy").resolve(blob.descriptor().digest().hex()))
          .hasBinaryContent(blob.open().readAllBytes());
    }
  }

  @Test
  void we_read_what_skopeo_loads() throws IOException {
    write(new DirectoryTransport(), folder + "/from");
    copy("--dest-daemon-host=" + daemon.host(), "dir:" + folder + "/from", "docker-daemon:" + NAME);
    var theirs = daemon.archive(NAME);
    try (var source = transport.openSource(NAME)) {
      assertThat(source.document().bytes())
          .asString()
          .isEqualTo(
              skopeo.output(
                  "inspect", "--raw", "--daemon-host=" + daemon.host(), "docker-daemon:" + NAME));
      for (var blob : Contents.of(source.document())) {
        assertThat(source.blob(blob).open().readAllBytes()).hasSize((int) blob.size());
      }
    }
    write(transport, NAME);
    assertThat(daemon.archive(NAME)).hasSameSizeAs(theirs);
  }

  private void write(Transport to, String rest) throws IOException {
    try (var sink = to.openSink(rest)) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
  }

  private void copy(String... words) {
    skopeo.output("--insecure-policy", "copy", "-q", words[0], words[1], words[2]);
  }
}
