package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is copied of an index: one image, some, all or none; as it is, or in another format.
@Tag("tool")
class MultiArchTest {
  @AutoClose private static DockerRegistry registry;
  private static Tool skopeo;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void a_registry_and_an_index() throws IOException {
    skopeo = Tool.required("skopeo");
    registry = DockerRegistry.open();
    var start = StartImages.in(shared);
    SkopeoLine.copy(start.oci(StartImages.INDEX), two(), "--all").succeeded();
    var manifest = shared.resolve("two/manifest.json");
    var index = Files.readString(manifest);
    int last = index.lastIndexOf("amd64");
    Files.writeString(manifest, index.substring(0, last) + "arm64" + index.substring(last + 5));
  }

  @Test
  void a_list_of_platforms_makes_an_index_of_these_alone_in_a_registry() throws IOException {
    SkopeoLine.copy(two(), docker("some"), "--multi-arch=linux/arm64").succeeded();
    var manifests = manifest(docker("some")).path("manifests");
    assertThat(manifests).hasSize(1);
    assertThat(manifests.path(0).path("platform").path("architecture").asText()).isEqualTo("arm64");
    theirs("--all", "--src-tls-verify=false", docker("some"), "dir:" + folder + "/whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dir:%s/sparse", "oci:%s/sparse:v1", "oci-archive:%s/sparse.tar:v1"})
  void a_list_of_platforms_keeps_the_index_elsewhere(String place) throws IOException {
    var sparse = place.formatted(folder);
    SkopeoLine.copy(two(), sparse, "--multi-arch=linux/arm64").succeeded();
    assertThat(manifest(sparse)).isEqualTo(manifest(two()));
    theirs("--override-arch=arm64", sparse, "dir:" + folder + "/there");
    assertThat(SkopeoLine.copy(sparse, "dir:" + folder + "/whole", "--all").failed().stderr())
        .contains(member("amd64"));
  }

  @Test
  void a_list_of_all_platforms_leaves_the_index_as_it_is() throws IOException {
    SkopeoLine.copy(two(), docker("all"), "--multi-arch=linux/amd64,linux/arm64").succeeded();
    assertThat(manifest(docker("all"))).isEqualTo(manifest(two()));
  }

  @Test
  void the_index_alone_is_copied_as_skopeo_does() throws IOException {
    SkopeoLine.copy(two(), "dir:" + folder + "/ours", "--multi-arch=index-only").succeeded();
    theirs("--multi-arch=index-only", two(), "dir:" + folder + "/theirs");
    assertThat(folder.resolve("ours/manifest.json"))
        .hasSameBinaryContentAs(folder.resolve("theirs/manifest.json"));
    assertThat(folder.resolve("ours")).isDirectoryNotContaining("glob:**.manifest.json");
    var layout = "oci:" + folder + "/layout:v1";
    SkopeoLine.copy(two(), layout, "--multi-arch=index-only").succeeded();
    assertThat(manifest(layout)).isEqualTo(manifest(two()));
    SkopeoLine.copy(two(), layout + "2", "--multi-arch=index-only", "--format=v2s2").succeeded();
    assertThat(manifest(layout + "2")).isEqualTo(manifest(two()));
  }

  @Test
  void the_index_follows_its_images_into_a_registry() throws IOException {
    SkopeoLine.copy(two(), docker("later"), "--all").succeeded();
    var again = docker("later").replace(":t", ":again");
    SkopeoLine.copy(two(), again, "--multi-arch=index-only").succeeded();
    assertThat(manifest(again)).isEqualTo(manifest(two()));
    SkopeoLine.copy(two(), again + "2", "--multi-arch=linux/arm64", "--preserve-digests")
        .succeeded();
    assertThat(manifest(again + "2")).isEqualTo(manifest(two()));
  }

  @Test
  void what_is_missing_is_told() {
    assertThat(SkopeoLine.copy(two(), docker("none"), "--multi-arch=linux/s390x").failed().stderr())
        .contains("choose an image for linux/s390x");
    for (var choice : new String[] {"index-only", "linux/arm64"}) {
      assertThat(
              SkopeoLine.copy(two(), docker("no"), "--multi-arch=" + choice, "--preserve-digests")
                  .failed()
                  .stderr())
          .contains("the repository must have what a manifest names");
    }
  }

  /// Of each format, to each place that holds indexes.
  @ParameterizedTest
  @CsvSource({
    "oci,  dir:%s/to,    image.index.v1",
    "v2s2, dir:%s/to,    manifest.list.v2",
    "oci,  oci:%s/to:v1, image.index.v1",
    "oci,  docker,       image.index.v1",
    "v2s2, docker,       manifest.list.v2",
  })
  void an_index_is_converted_with_its_images(String format, String place, String type)
      throws IOException {
    for (var from : new String[] {"v2s2", "oci"}) {
      var source = "dir:" + folder + "/from-" + from;
      SkopeoLine.copy(two(), source, "--all", "--format=" + from).succeeded();
      var name = from + "-to-" + format;
      var to = place.equals("docker") ? docker(name) : place.formatted(folder.resolve(name) + "-");
      Files.createDirectories(folder.resolve(name + "-"));
      SkopeoLine.copy(source, to, "--all", "--format=" + format).succeeded();
      assertThat(manifest(to).path("mediaType").asText()).contains(type);
      assertThat(manifest(to).path("manifests")).hasSize(2);
      theirs("--all", "--src-tls-verify=false", to, "dir:" + folder + "/" + name + "-read");
    }
  }

  /// Some registries hold them: an index of one format with images of the other.
  @ParameterizedTest
  @CsvSource({"oci:%s/to:v1, ''", "dir:%s/to, --format=oci"})
  void an_index_is_of_the_format_of_its_images(String place, String option) throws IOException {
    SkopeoLine.copy(two(), "dir:" + folder + "/mixed", "--all").succeeded();
    var manifest = folder.resolve("mixed/manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(
                "application/vnd.oci.image.index.v1+json",
                "application/vnd.docker.distribution.manifest.list.v2+json"));
    var to = place.formatted(folder);
    var options = option.isEmpty() ? new String[] {"--all"} : new String[] {"--all", option};
    SkopeoLine.copy("dir:" + folder + "/mixed", to, options).succeeded();
    assertThat(manifest(to).path("mediaType").asText())
        .isEqualTo("application/vnd.oci.image.index.v1+json");
    Files.createDirectory(folder.resolve("never"));
    var refused =
        SkopeoLine.copy(
            "dir:" + folder + "/mixed",
            place.formatted(folder.resolve("never")),
            Stream.concat(Stream.of(options), Stream.of("--preserve-digests"))
                .toArray(String[]::new));
    assertThat(refused.failed().stderr())
        .contains("Manifest list must be converted to be written", "Instructed to preserve");
  }

  private static String member(String architecture) throws IOException {
    for (var entry : manifest(two()).path("manifests")) {
      if (entry.path("platform").path("architecture").asText().equals(architecture)) {
        return entry.path("digest").asText().substring("sha256:".length());
      }
    }
    throw new AssertionError("no image for " + architecture);
  }

  private static JsonNode manifest(String location) throws IOException {
    var raw = SkopeoLine.run("inspect", "--tls-verify=false", "--raw", location).succeeded();
    return Json.readTree(raw.stdout().getBytes(StandardCharsets.UTF_8), "manifest");
  }

  private static void theirs(String... words) {
    var line = new ArrayList<>(List.of("--insecure-policy", "copy", "-q"));
    line.addAll(List.of(words));
    skopeo.output(line.toArray(String[]::new));
  }

  /// An index with images for two architectures.
  private static String two() {
    return "dir:" + shared + "/two";
  }

  private static String docker(String name) {
    return "docker://%s/%s:t".formatted(registry.host(), name);
  }
}
