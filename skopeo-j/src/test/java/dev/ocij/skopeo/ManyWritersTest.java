package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Json;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Tool;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight processes copy into one layout at once, each image in a command of its own.
@Tag("distribution")
@Tag("tool")
class ManyWritersTest {
  private static final int WRITERS = 8;
  private static final int IMAGES = 2;

  @TempDir private Path folder;

  @Test
  void lose_nothing() throws Exception {
    for (int i = 0; i < WRITERS * IMAGES; i++) {
      write(i);
    }
    var writers = new ArrayList<Process>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new ProcessBuilder("sh", "-ec", script(i)).inheritIO().start());
    }
    for (var writer : writers) {
      assertThat(writer.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }
    var index = Json.readTree(Files.readAllBytes(folder.resolve("all/index.json")), "index");
    assertThat(index.path("manifests")).hasSize(WRITERS * IMAGES);
    for (int i = 0; i < WRITERS * IMAGES; i++) {
      var image = "oci:%s/all:v%d".formatted(folder, i);
      var copy = "dir:%s/read%d".formatted(folder, i);
      Tool.required("skopeo").output("--insecure-policy", "copy", "-q", image, copy);
    }
  }

  private void write(int number) throws IOException {
    var image = SampleImage.oci(number);
    try (var sink = new LayoutTransport().openSink(folder + "/from:v" + number)) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
  }

  private String script(int writer) {
    var lines = new StringBuilder();
    for (int i = writer * IMAGES; i < (writer + 1) * IMAGES; i++) {
      lines.append(
          "%s --insecure-policy copy -q oci:%s/from:v%d oci:%s/all:v%d\n"
              .formatted(Launcher.SKOPEO_J.script(), folder, i, folder, i));
    }
    return lines.toString();
  }
}
