package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Measured;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is copied is never held in memory: the image is larger than all of a command's heap.
@Tag("distribution")
@Tag("tool")
class MemoryTest {
  private static final int LAYER = 100 << 20;
  private static final int MOST_MEBIBYTES = 256;
  @AutoClose private static DockerRegistry registry;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void a_large_image() throws IOException {
    registry = DockerRegistry.open();
    var image = SampleImage.large(1, LAYER);
    try (var sink = new LayoutTransport().openSink(shared + "/large:t")) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
    copy("oci:" + shared + "/large:t", "docker://" + registry.host() + "/large:t", "-q");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          oci:SHARED/large:t,     docker://HOST/pushed:t,    -q
          docker://HOST/large:t,  oci:FOLDER/layout:t,       -q
          docker://HOST/large:t,  docker://HOST/copied:t,    --preserve-digests
          oci:SHARED/large:t,     docker://HOST/again:t,     --dest-compress-format=zstd --dest-force-compress-format
          """)
  void stays_small(String from, String to, String options) {
    var measured = copy(placed(from), placed(to), options);
    measured.outcome().succeeded();
    assertThat(measured.mebibytes()).isLessThan(MOST_MEBIBYTES);
  }

  private String placed(String location) {
    return location
        .replace("SHARED", shared.toString())
        .replace("FOLDER", folder.toString())
        .replace("HOST", registry.host());
  }

  private static Measured copy(String from, String to, String options) {
    var line =
        "--insecure-policy copy --src-tls-verify=false --dest-tls-verify=false %s %s %s"
            .formatted(options, from, to);
    return Measured.run(Launcher.SKOPEO_J, line.split(" "));
  }
}
