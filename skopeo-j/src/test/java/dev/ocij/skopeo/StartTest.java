package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.SlowStarts;
import dev.ocij.testing.Tool;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("distribution")
@Tag("tool")
class StartTest {
  @AutoClose private static DockerRegistry registry;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void an_image() throws IOException {
    registry = DockerRegistry.open();
    var image = SampleImage.large(1, 100);
    try (var sink = new LayoutTransport().openSink(shared + "/layout:t")) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
    var pushed = "docker://" + registry.host() + "/image:t";
    Launcher.SKOPEO_J
        .run("copy", "--dest-tls-verify=false", "oci:" + shared + "/layout:t", pushed)
        .succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect --tls-verify=false docker://HOST/image:t",
        "list-tags --tls-verify=false docker://HOST/image",
        "copy oci:SHARED/layout:t dir:FOLDER/dir",
        "copy --dest-tls-verify=false oci:SHARED/layout:t docker://HOST/pushed:t",
        "copy --src-tls-verify=false docker://HOST/image:t oci:FOLDER/layout:t",
        "copy --src-tls-verify=false --dest-tls-verify=false docker://HOST/image:t"
            + " docker://HOST/copied:t",
      })
  void leaves_alone_what_starts_slowly(String line) {
    var placed =
        line.replace("HOST", registry.host())
            .replace("SHARED", shared.toString())
            .replace("FOLDER", folder.toString());
    SlowStarts.assertNone(Launcher.SKOPEO_J, folder.resolve("log"), placed.split(" "));
  }

  /// Whoever looks for a service, or for a class that is nowhere, opens every library, and the
  /// largest takes longest.
  @Test
  void opens_no_library_that_is_not_used() throws IOException {
    var log = folder.resolve("files.log");
    var image = "docker://" + registry.host() + "/image:t";
    var inspect =
        List.of(Launcher.SKOPEO_J.script().toString(), "inspect", "--tls-verify=false", image);
    var traced =
        Stream.concat(
            Stream.of("-f", "-e", "trace=openat", "-o", log.toString()), inspect.stream());
    Tool.required("strace").output(traced.toArray(String[]::new));
    assertThat(Files.readString(log)).contains("java.security").doesNotContain("bcprov");
  }
}
