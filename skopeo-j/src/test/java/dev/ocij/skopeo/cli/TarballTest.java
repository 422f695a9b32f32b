package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.image.Compression;
import dev.ocij.spec.Json;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Images made of tar files, beside those that skopeo makes of them.
@Tag("tool")
class TarballTest {
  @TempDir private Path folder;

  @BeforeEach
  void tar_files() throws IOException {
    Files.writeString(folder.resolve("file"), "content");
    var plain = folder.resolve("plain");
    Tool.required("tar").output("-C", folder.toString(), "-cf", plain.toString(), "file");
    for (var compression : new Compression[] {Compression.GZIP, Compression.ZSTD}) {
      try (var out = Files.newOutputStream(folder.resolve(compression.name()))) {
        try (var compressed = compression.compress(out, Compression.DEFAULT_LEVEL)) {
          Files.copy(plain, compressed);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tarball:%1$s/plain", "tarball:%1$s/GZIP:%1$s/plain"})
  void are_what_skopeo_makes_of_them(String place) throws IOException {
    var image = place.formatted(folder);
    SkopeoLine.copy(image, "oci:" + folder + "/ours:t").succeeded();
    Tool.required("skopeo")
        .output("--insecure-policy", "copy", image, "oci:" + folder + "/theirs:t");
    var ours = config("ours");
    assertThat(ours).isEqualTo(config("theirs"));
    assertThat(ours.path("rootfs").path("diff_ids")).hasSize(image.split(":").length - 1);
  }

  /// A pipe is read once, and the image is as if the file had been named.
  @ParameterizedTest
  @ValueSource(strings = {"tarball:-", "tarball:/dev/stdin"})
  void come_through_standard_input(String place) throws IOException {
    var line = SkopeoLine.with("--insecure-policy", "copy", place, "oci:" + folder + "/ours:t");
    var words = line.command().stream().map(word -> "'" + word + "'").toList();
    var feed = "cat %s/GZIP | %s".formatted(folder, String.join(" ", words));
    Tool.required("sh").run("-c", feed).succeeded();
    SkopeoLine.copy("tarball:" + folder + "/GZIP", "oci:" + folder + "/named:t").succeeded();
    assertThat(config("ours").path("rootfs")).isEqualTo(config("named").path("rootfs"));
  }

  @Test
  void a_layer_that_is_compressed_stays_as_it_is() {
    var image = "tarball:%1$s/GZIP:%1$s/ZSTD".formatted(folder);
    assertThat(SkopeoLine.run("inspect", "--raw", image).succeeded().stdout())
        .contains("layer.v1.tar+gzip", "layer.v1.tar+zstd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inspect tarball:                                   | expected a tar file
          inspect tarball:FOLDER/none                        | none: no such file or directory
          inspect tarball:FOLDER                             | Is a directory
          --tmpdir=FOLDER/none inspect tarball:-             | make a temporary file in FOLDER/none
          --insecure-policy copy tarball:FOLDER/plain tarball:FOLDER/new | read only
          """)
  void other_uses_are_refused(String line, String why) {
    var outcome = SkopeoLine.run(line.replace("FOLDER", folder.toString()).split(" "));
    assertThat(outcome.failed().stderr()).contains(why.replace("FOLDER", folder.toString()));
  }

  private JsonNode config(String layout) {
    var line = "inspect --config --raw oci:%s/%s:t".formatted(folder, layout);
    var text = SkopeoLine.run(line.split(" ")).succeeded().stdout();
    return Json.readTree(text.getBytes(StandardCharsets.UTF_8), "config");
  }
}
