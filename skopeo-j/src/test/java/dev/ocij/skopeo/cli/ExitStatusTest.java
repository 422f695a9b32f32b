package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines that fail end with skopeo's status.
@Tag("tool")
class ExitStatusTest {
  private static DockerRegistry registry;

  @BeforeAll
  static void an_empty_registry() {
    registry = DockerRegistry.open();
  }

  @AfterAll
  static void no_registry() {
    if (registry != null) {
      registry.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--policy=/nonexistent copy dir:/nonexistent dir:/tmp/never-made",
        "--insecure-policy copy dir:/nonexistent dir:/tmp/never-made",
        "inspect --tls-verify=false docker://HOST/none:1",
        "inspect dir:/nonexistent",
        "inspect nonsense",
        "inspect --raw --format={{.Digest}} dir:/nonexistent",
        "inspect --no-such-flag dir:/nonexistent",
        "inspect --creds=a:b --no-creds docker://HOST/none",
        "list-tags --tls-verify=false docker://HOST/none",
        "list-tags docker://HOST/none:1",
        "list-tags dir:/nonexistent",
        "delete --tls-verify=false docker://HOST/none:1",
        "delete dir:/nonexistent",
        "manifest-digest /nonexistent",
        "standalone-verify /etc/hostname a/b:c 0000 /etc/hostname",
        "login --password-stdin HOST",
        "logout --all HOST",
      })
  void is_the_same(String line) {
    var words = line.replace("HOST", registry.host()).split(" ");
    var theirs = Tool.required("skopeo").run(words);
    var ours = SkopeoLine.run(words);
    assertThat(ours.status()).as(ours.stderr()).isNotZero().isLessThanOrEqualTo(2);
    // An image that is not there ends newer versions than the installed one with 2.
    assertThat(ours.status() == 2 ? 1 : ours.status())
        .isEqualTo(theirs.status() == 2 ? 1 : theirs.status());
    assertThat(ours.stdout()).isEqualTo(theirs.stdout());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          manifest, inspect IMAGE
          manifest, --insecure-policy copy IMAGE dir:FOLDER/never
          config,   inspect IMAGE
          config,   inspect --config IMAGE
          config,   --insecure-policy copy IMAGE dir:FOLDER/never
          """)
  void an_image_that_lacks_something_is_told_from_one_that_is_not_there(
      String lacking, String line, @TempDir Path folder) throws IOException {
    StartImages.in(folder);
    var blob = blob(folder.resolve("plain"), lacking);
    Files.delete(blob);
    var words =
        line.replace("IMAGE", "oci:FOLDER/plain:" + StartImages.SINGLE)
            .replace("FOLDER", folder.toString())
            .split(" ");
    var outcome = SkopeoLine.run(words);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.stderr()).contains("open " + blob + ": no such file or directory");
  }

  private static Path blob(Path layout, String wanted) {
    var line = "inspect --raw oci:%s:%s".formatted(layout, StartImages.SINGLE).split(" ");
    var manifest = SkopeoLine.run(line).succeeded().stdout().getBytes(StandardCharsets.UTF_8);
    var digest =
        wanted.equals("manifest")
            ? Digest.of(manifest)
            : Digest.parse(Json.readTree(manifest, wanted).path("config").path("digest").asText());
    return layout.resolve("blobs/sha256").resolve(digest.hex());
  }

  @Test
  void an_image_that_is_not_there_is_told_from_other_failures() {
    var missing = "docker://" + registry.host() + "/none:1";
    assertThat(SkopeoLine.run("inspect", "--tls-verify=false", missing).status()).isEqualTo(2);
    assertThat(SkopeoLine.run("delete", "--tls-verify=false", missing).status()).isEqualTo(1);
    var repository = "docker://" + registry.host() + "/none";
    assertThat(SkopeoLine.run("list-tags", "--tls-verify=false", repository).status()).isEqualTo(1);
  }
}
