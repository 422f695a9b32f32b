package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `manifest push --add-compression`: each image of a list is there in more than one compression.
class ManifestVariantsTest {
  private static final String ZSTD = "io.github.containers.compression.zstd";

  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    Files.writeString(
        folder.resolve("Containerfile"), "FROM scratch\nCOPY Containerfile /\nLABEL a=1\n");
    for (var arch : List.of("amd64", "arm64")) {
      var platform = "--platform=linux/" + arch;
      buildah.output("build", "-q", platform, "--manifest=list", folder.toString());
    }
  }

  @Test
  @Tag("tool")
  void each_image_is_there_by_zstd_too() throws IOException {
    var skopeo = Tool.required("skopeo");
    try (var registry = DockerRegistry.open()) {
      var name = "docker://" + registry.host() + "/team/list:1";
      push(name, "--add-compression=zstd", "--add-compression=gzip", "--tls-verify=false")
          .succeeded();
      var list = Json.readTree(raw(skopeo, name), "list");
      assertThat(list.path("mediaType").asText()).endsWith("image.index.v1+json");
      var entries = entries(list);
      assertThat(entries)
          .extracting(entry -> entry.at("/platform/architecture").asText())
          .containsExactly("amd64", "arm64", "amd64", "arm64");
      assertThat(entries)
          .extracting(entry -> entry.path("annotations").path(ZSTD).asText(""))
          .containsExactly("", "", "true", "true");
      assertThat(entries.stream().map(entry -> layer(skopeo, registry, entry)))
          .containsExactly("tar+gzip", "tar+gzip", "tar+zstd", "tar+zstd");
      skopeo
          .run("copy", "--all", "--src-tls-verify=false", name, "dir:" + folder.resolve("copied"))
          .succeeded();
    }
  }

  @Test
  void an_image_that_is_there_in_it_gets_no_other() throws IOException {
    var layout = "oci:" + folder.resolve("layout") + ":";
    push(layout + "gzip", "--compression-format=gzip").succeeded();
    push(layout + "both", "--compression-format=gzip", "--add-compression=zstd").succeeded();
    push(layout + "once", "--add-compression=gzip", "--compression-format=gzip").succeeded();
    assertThat(digests("once")).isEqualTo(digests("gzip")).hasSize(2);
    assertThat(digests("both")).hasSize(4).containsAll(digests("gzip"));
    var other = new InProcess(folder.resolve("other"));
    var policy =
        Files.writeString(
            folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    other.output("manifest", "create", "list");
    other.output(
        "manifest", "add", "--signature-policy=" + policy, "--all", "list", layout + "both");
    other.output(
        "manifest",
        "push",
        "-q",
        "--add-compression=zstd",
        "--add-compression=gzip",
        "list",
        layout + "again");
    assertThat(digests("again")).isEqualTo(digests("both"));
  }

  @Test
  void zstd_that_nobody_noted_is_noted() throws IOException {
    var layout = "oci:" + folder.resolve("layout") + ":";
    push(layout + "x", "--compression-format=zstd", "--add-compression=gzip").succeeded();
    assertThat(entries(index("x")))
        .extracting(entry -> entry.path("annotations").path(ZSTD).asText(""))
        .containsExactly("", "", "true", "true");
    push(layout + "y", "--compression-format=gzip", "--add-compression=zstd:chunked").succeeded();
    assertThat(entries(index("y")))
        .extracting(entry -> entry.path("annotations").path(ZSTD).asText(""))
        .containsExactly("", "", "true", "true");
    var chunked = blob(entries(index("y")).getLast().path("digest").asText());
    assertThat(chunked.at("/layers/0/annotations").toString())
        .contains("io.github.containers.zstd-chunked.manifest-checksum");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --add-compression=xz,                   'cannot find compressor for "xz": there are gzip, zstd and zstd:chunked'
          --add-compression=zstd -f v2s2,         'add images compressed by zstd: the format asked for is Docker''s, which has none; ask for oci'
          """)
  void what_cannot_be_is_told(String options, String sentence) {
    var outcome = push("oci:" + folder.resolve("layout") + ":x", options.split(" "));
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).isEqualTo("Error: " + sentence + "\n");
    assertThat(folder.resolve("layout")).doesNotExist();
  }

  private Outcome push(String place, String... options) {
    var line = new ArrayList<>(List.of("manifest", "push", "-q"));
    line.addAll(List.of(options));
    line.addAll(List.of("list", place));
    return buildah.run(line.toArray(String[]::new));
  }

  private List<String> digests(String tag) throws IOException {
    return entries(index(tag)).stream().map(entry -> entry.path("digest").asText()).toList();
  }

  private JsonNode index(String tag) throws IOException {
    var all = Files.readAllBytes(folder.resolve("layout/index.json"));
    var named =
        entries(Json.readTree(all, "index")).stream()
            .filter(entry ->
                entry
                    .path("annotations")
                    .path("org.opencontainers.image.ref.name")
                    .asText()
                    .equals(tag))
            .findFirst();
    return blob(named.orElseThrow().path("digest").asText());
  }

  private JsonNode blob(String digest) throws IOException {
    var file = folder.resolve("layout/blobs").resolve(digest.replace(':', '/'));
    return Json.readTree(Files.readAllBytes(file), digest);
  }

  private static List<JsonNode> entries(JsonNode list) {
    return StreamSupport.stream(list.path("manifests").spliterator(), false).toList();
  }

  /// The end of the type of its only layer.
  private static String layer(Tool skopeo, DockerRegistry registry, JsonNode entry) {
    var name = "docker://%s/team/list@%s".formatted(registry.host(), entry.path("digest").asText());
    var type = Json.readTree(raw(skopeo, name), name).at("/layers/0/mediaType").asText();
    return type.replaceFirst(".*[.]v1[.]", "");
  }

  private static byte[] raw(Tool skopeo, String name) {
    return skopeo
        .output("inspect", "--raw", "--tls-verify=false", name)
        .getBytes(StandardCharsets.UTF_8);
  }
}
