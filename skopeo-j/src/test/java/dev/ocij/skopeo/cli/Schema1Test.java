package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Images of Docker's schema 1, which skopeo makes and judges.
@Tag("tool")
class Schema1Test {
  private static final String MANIFEST = "manifest.json";
  private static Tool skopeo;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void an_image_in_schema_1() throws IOException {
    skopeo = Tool.required("skopeo");
    HistoryImage.write(shared.resolve("schema2"));
    theirs("dir:" + shared + "/schema2", old(), "--format=v2s1");
  }

  @Test
  void its_digest_is_that_of_what_is_signed() {
    var file = shared.resolve("schema1").resolve(MANIFEST).toString();
    assertThat(SkopeoLine.run("manifest-digest", file).succeeded().stdout())
        .isEqualTo(skopeo.output("manifest-digest", file));
  }

  @Test
  void it_is_inspected_as_skopeo_does() throws IOException {
    var ours = (ObjectNode) Json.mapper().readTree(inspect(old()));
    assertThat(ours.remove("LayersData")).hasSize(4);
    assertThat(ours).isEqualTo(Json.mapper().readTree(skopeo.output("inspect", old())));
    assertThat(inspect("--raw", old())).isEqualTo(skopeo.output("inspect", "--raw", old()));
    assertThat(Json.mapper().readTree(inspect("--config", old())).path("history"))
        .isEqualTo(
            Json.mapper().readTree(skopeo.output("inspect", "--config", old())).path("history"));
  }

  @Test
  void it_stays_as_it_is_in_a_directory() throws IOException {
    SkopeoLine.copy(old(), "dir:" + folder + "/copy", "--preserve-digests").succeeded();
    assertIn(folder.resolve("copy"), shared.resolve("schema1"));
  }

  @Test
  void it_becomes_the_same_schema_2_as_with_skopeo() throws IOException {
    theirs(old(), "dir:" + folder + "/theirs", "--format=v2s2");
    SkopeoLine.copy(old(), "dir:" + folder + "/ours", "--format=v2s2").succeeded();
    assertThat(Json.mapper().readTree(folder.resolve("ours").resolve(MANIFEST).toFile()))
        .isEqualTo(Json.mapper().readTree(folder.resolve("theirs").resolve(MANIFEST).toFile()));
    // The order of fields in a manifest is another; the configuration, and so the image id, is not.
    Files.delete(folder.resolve("ours").resolve(MANIFEST));
    assertIn(folder.resolve("theirs"), folder.resolve("ours"));
  }

  @Test
  void it_becomes_an_oci_image_that_skopeo_reads() {
    SkopeoLine.copy(old(), "oci:" + folder + "/layout:v1").succeeded();
    theirs("oci:" + folder + "/layout:v1", "dir:" + folder + "/read");
    SkopeoLine.copy(old(), "docker-archive:" + folder + "/archive.tar:a:1").succeeded();
    theirs("docker-archive:" + folder + "/archive.tar", "dir:" + folder + "/read-too");
  }

  @Test
  void it_is_read_from_a_registry_and_never_written_there() throws IOException {
    try (var registry = DockerRegistry.setup().schema1().open()) {
      var there = "docker://" + registry.host() + "/old:1";
      theirs(old(), there, "--format=v2s1", "--dest-tls-verify=false");
      assertThat(inspect("--tls-verify=false", "--raw", there)).contains("fsLayers");
      SkopeoLine.copy(there, "dir:" + folder + "/ours", "--format=v2s2").succeeded();
      theirs(there, "dir:" + folder + "/theirs", "--format=v2s2", "--src-tls-verify=false");
      assertThat(Json.mapper().readTree(folder.resolve("ours").resolve(MANIFEST).toFile()))
          .isEqualTo(Json.mapper().readTree(folder.resolve("theirs").resolve(MANIFEST).toFile()));
      var copied = "docker://" + registry.host() + "/new:1";
      SkopeoLine.copy(there, copied).succeeded();
      assertThat(inspect("--tls-verify=false", "--raw", copied)).contains("manifest.v2+json");
    }
  }

  /// But for the signature, whose key is made for the moment.
  @Test
  void what_is_made_is_what_skopeo_makes() throws IOException {
    var made = folder.resolve("made");
    SkopeoLine.copy("dir:" + shared + "/schema2", "dir:" + made, "--format=v2s1").succeeded();
    assertThat(unsigned(made)).isEqualTo(unsigned(shared.resolve("schema1")));
    theirs("dir:" + made, "dir:" + folder + "/ours", "--format=v2s2");
    theirs(old(), "dir:" + folder + "/theirs", "--format=v2s2");
    assertThat(folder.resolve("ours").resolve(MANIFEST))
        .hasSameTextualContentAs(folder.resolve("theirs").resolve(MANIFEST));
    SkopeoLine.copy("dir:" + made, "dir:" + folder + "/same", "--format=v2s1").succeeded();
    assertIn(folder.resolve("same"), made);
  }

  @Test
  void what_is_made_has_the_name_that_a_registry_wants() throws IOException {
    try (var registry = DockerRegistry.setup().schema1().open()) {
      var there = "docker://" + registry.host() + "/team/old:1";
      var start = StartImages.in(folder);
      SkopeoLine.copy(start.oci(StartImages.SINGLE), there, "--format=v2s1").succeeded();
      assertThat(inspect("--tls-verify=false", "--raw", there))
          .contains("\"name\":\"team/old\"", "\"tag\":\"1\"");
      theirs(there, "dir:" + folder + "/theirs", "--format=v2s2", "--src-tls-verify=false");
      SkopeoLine.copy(start.oci(StartImages.SINGLE), "dir:" + folder + "/whole").succeeded();
      assertThat(layers(folder.resolve("theirs"))).isEqualTo(layers(folder.resolve("whole")));
      SkopeoLine.copy(
              start.oci(StartImages.INDEX), "dir:" + folder + "/list", "--all", "--format=v2s1")
          .succeeded();
      theirs("dir:" + folder + "/list", "dir:" + folder + "/list-read", "--all");
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          oci:DIR/layout:t,                 the destination takes no manifests of schema 1
          oci-archive:DIR/layout.tar:t,     the destination takes no manifests of schema 1
          docker-archive:DIR/old.tar:a/b:c, the destination takes no manifests of schema 1
          containers-storage:a/b:c,         the destination takes no manifests of schema 1
          """)
  void it_is_not_made_where_it_cannot_be(String place, String why) {
    var to = place.replace("DIR", folder.toString());
    assertThat(SkopeoLine.copy("dir:" + shared + "/schema2", to, "--format=v2s1").failed().stderr())
        .contains(why);
    SkopeoLine.run("inspect", to).failed();
  }

  @Test
  void layers_and_history_must_match() throws IOException {
    SkopeoLine.copy("dir:" + shared + "/schema2", "dir:" + folder + "/odd").succeeded();
    var manifest = folder.resolve("odd").resolve(MANIFEST);
    var json = (ObjectNode) Json.mapper().readTree(manifest.toFile());
    json.withArray("layers").remove(1);
    Files.write(manifest, Json.write(json));
    assertThat(
            SkopeoLine.copy("dir:" + folder + "/odd", "dir:" + folder + "/to", "--format=v2s1")
                .failed()
                .stderr())
        .contains("its history has 4 steps, which do not match its 1 layers");
    assertThat(folder.resolve("to")).doesNotExist();
  }

  private static JsonNode unsigned(Path folder) throws IOException {
    var json = (ObjectNode) Json.mapper().readTree(folder.resolve(MANIFEST).toFile());
    json.remove("signatures");
    return json;
  }

  private static List<String> layers(Path folder) throws IOException {
    var json = Json.mapper().readTree(folder.resolve(MANIFEST).toFile());
    return json.path("layers").findValuesAsText("digest");
  }

  @Test
  void digests_that_must_stay_are_told() {
    assertThat(
            SkopeoLine.copy(old(), "oci:" + folder + "/layout", "--preserve-digests")
                .failed()
                .stderr())
        .contains("Instructed to preserve digests");
  }

  @Test
  void a_layer_that_is_not_its_digest_is_refused() throws IOException {
    SkopeoLine.copy(old(), "dir:" + folder + "/bad").succeeded();
    var manifest = Json.mapper().readTree(folder.resolve("bad").resolve(MANIFEST).toFile());
    var base = manifest.path("fsLayers").path(3).path("blobSum").asText().substring(7);
    Files.writeString(folder.resolve("bad").resolve(base), "other bytes");
    for (var place : new String[] {"dir:" + folder + "/to", "oci:" + folder + "/to-layout"}) {
      assertThat(SkopeoLine.copy("dir:" + folder + "/bad", place).failed().stderr()).contains(base);
    }
  }

  /// Whether a folder has all files of another.
  private static void assertIn(Path folder, Path part) throws IOException {
    try (var files = Files.list(part)) {
      for (var file : files.toList()) {
        assertThat(folder.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
  }

  private static String inspect(String... words) {
    var line = new String[words.length + 1];
    line[0] = "inspect";
    System.arraycopy(words, 0, line, 1, words.length);
    return SkopeoLine.run(line).succeeded().stdout();
  }

  private static void theirs(String from, String to, String... options) {
    var line = new ArrayList<>(List.of("--insecure-policy", "copy", "-q"));
    line.addAll(List.of(options));
    line.addAll(List.of(from, to));
    skopeo.output(line.toArray(String[]::new));
  }

  private static String old() {
    return "dir:" + shared + "/schema1";
  }
}
