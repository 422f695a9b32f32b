package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Debian's buildah as the judge: the same images give the same columns and the same JSON keys.
@Tag("tool")
@Tag("root")
class JudgedImagesTest {
  @TempDir private Path folder;
  private Tool peer;
  private InProcess ours;

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    peer = Tool.required("buildah");
    ours = new InProcess(folder.resolve("ours"));
    Files.writeString(
        folder.resolve("Containerfile"), "FROM scratch\nLABEL a=1\nCOPY Containerfile /\n");
    both(
        "build",
        "-q",
        "--timestamp=1000",
        "-t",
        "one",
        "-t",
        "registry.example/two:2",
        folder.toString());
    var image = "oci:" + folder.resolve("layout") + ":x";
    // The same image for both, so that ids and digests are the same too.
    ours.output("push", "-q", "one", image);
    theirs("rmi", "-a");
    var id = theirs("pull", "-q", image).strip();
    var pulled = theirs("images", "--format", "{{.Name}}:{{.Tag}}").strip();
    theirs("tag", id, "localhost/one", "registry.example/two:2");
    if (!pulled.startsWith("<none>")) {
      theirs("rmi", pulled);
    }
    ours.output("rmi", "-a");
    ours.output("pull", "--signature-policy", policy(), "-q", image);
    ours.output("tag", id, "localhost/one", "registry.example/two:2");
    ours.output("rmi", "docker.io/library/x:latest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "images",
        "images -n",
        "images -q",
        "images --no-trunc",
        "images one",
        "images --json",
        "images --json --no-trunc",
        "images --format"
            + " {{.ID}}{{.Name}}{{.Tag}}{{.Digest}}{{.CreatedAtRaw}}{{.Size}}{{.ReadOnly}}",
        "images --filter reference=two:2 -q",
        "inspect --type image --format {{.FromImageDigest}}{{.FromImageID}} one",
        "rmi one",
        "rmi one registry.example/two:2",
        "rmi -a",
        "rmi nosuch"
      })
  void print_the_same(String line) {
    var words = line.split(" ");
    var shown = ours.run(words);
    var theirs = peer.run(line(words));
    assertThat(comparable(shown.stdout())).isEqualTo(comparable(theirs.stdout()));
    assertThat(shown.stderr()).isEqualTo(theirs.stderr());
    assertThat(shown.status()).isEqualTo(theirs.status());
  }

  /// Sizes are those of the stored layers here, and of the unpacked ones there. The output of a
  /// template ends with a line end here in any case.
  private static String comparable(String text) {
    return text.replaceAll("[0-9.]+ K?B", "SIZE").stripTrailing();
  }

  @Test
  void inspect_has_the_keys_and_the_values_that_matter() {
    var theirs = json(theirs("inspect", "--type", "image", "one"));
    var shown = json(ours.output("inspect", "--type", "image", "one"));
    assertThat(keys(shown)).containsAll(keys(theirs));
    for (var key :
        List.of(
            "Type",
            "FromImage",
            "FromImageID",
            "Config",
            "Manifest",
            "OCIv1",
            "Docker",
            "History",
            "ImageAnnotations")) {
      assertThat(shown.path(key)).as(key).isEqualTo(theirs.path(key));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"version --json", "info"})
  void have_the_same_keys(String line) {
    var words = line.split(" ");
    var shown = json(ours.output(words));
    var theirs = json(theirs(words));
    assertThat(keys(shown)).isEqualTo(keys(theirs));
    theirs
        .properties()
        .forEach(field ->
            assertThat(keys(shown.path(field.getKey()))).isEqualTo(keys(field.getValue())));
  }

  private void both(String... words) {
    ours.output(words);
    theirs(words);
  }

  private String theirs(String... words) {
    return peer.output(line(words));
  }

  private String[] line(String... words) {
    return Stream.concat(
            Stream.of(
                "--root=" + folder.resolve("theirs"),
                "--runroot=" + folder.resolve("run"),
                "--storage-driver=vfs"),
            Stream.of(words))
        .toArray(String[]::new);
  }

  private String policy() throws IOException {
    var file = folder.resolve("policy.json");
    Files.writeString(file, "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    return file.toString();
  }

  private static List<String> keys(JsonNode object) {
    var keys = new ArrayList<String>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static JsonNode json(String text) {
    return Json.readTree(text.getBytes(StandardCharsets.UTF_8), "output");
  }
}
