package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
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

/// What a copy may be told about the place that it writes to.
@Tag("tool")
class CopyPlacesTest {
  private static DockerRegistry registry;
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void a_registry_and_images() {
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
  }

  @AfterAll
  static void no_registry() {
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void layers_of_a_directory_are_compressed_or_not() throws IOException {
    SkopeoLine.copy(start.oci(StartImages.SINGLE), plain(), "--dest-decompress").succeeded();
    assertThat(layerTypes(plain())).allMatch(type -> type.endsWith(".tar"));
    var packed = "dir:" + folder + "/packed";
    SkopeoLine.copy(plain(), packed, "--dest-compress").succeeded();
    assertThat(layerTypes(packed)).allMatch(type -> type.endsWith("+gzip"));
    assertThat(
            SkopeoLine.copy(plain(), packed, "--dest-compress", "--dest-decompress")
                .failed()
                .stderr())
        .contains("cannot be specified at the same time");
  }

  @Test
  void a_registry_gets_the_compression_that_was_asked_for_and_keeps_it() throws IOException {
    SkopeoLine.copy(start.oci(StartImages.SINGLE), plain(), "--dest-decompress").succeeded();
    SkopeoLine.copy(plain(), docker("zstd"), "--dest-compress-format=zstd").succeeded();
    assertThat(layerTypes(docker("zstd"))).allMatch(type -> type.endsWith("+zstd"));
    SkopeoLine.copy(docker("zstd"), docker("kept")).succeeded();
    assertThat(manifest(docker("kept"))).isEqualTo(manifest(docker("zstd")));
    SkopeoLine.copy(plain(), docker("gzip")).succeeded();
    assertThat(layerTypes(docker("gzip"))).allMatch(type -> type.endsWith("gzip"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"oci:%s/layout:v1", "docker-archive:%s/a.tar", "oci-archive:%s/a.tar"})
  void signatures_that_a_place_does_not_take_are_refused_before_anything_is_written(String place)
      throws IOException {
    SkopeoLine.copy(start.oci(StartImages.SINGLE), plain()).succeeded();
    Files.write(folder.resolve("plain/signature-1"), new byte[] {(byte) 0x90, 1});
    var outcome = SkopeoLine.copy(plain(), place.formatted(folder));
    assertThat(outcome.failed().stderr())
        .contains("Can not copy signatures to " + place.formatted(folder) + ": ");
    assertThat(folder.toFile().list()).containsExactly("plain");
    SkopeoLine.copy(plain(), place.formatted(folder), "--remove-signatures").succeeded();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          dir:%s/to,      v2s1
          oci:%s/to:v1,   v2s1
          oci:%s/to:v1,   oci
          """)
  void where_digests_are_preserved_a_format_is_no_more_than_a_wish(String place, String format)
      throws IOException {
    SkopeoLine.copy(start.oci(StartImages.SINGLE), plain(), "--format=v2s2").succeeded();
    var to = place.formatted(folder);
    SkopeoLine.copy(
            plain(), to, "--preserve-digests", "--format=" + format, "--dest-compress-format=zstd")
        .succeeded();
    assertThat(manifest(to)).isEqualTo(manifest(plain()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dir:%s/new/to",
        "oci:%s/new/to:v1",
        "oci-archive:%s/new/a.tar",
        "docker-archive:%s/new/a.tar:a/b:c"
      })
  void the_folder_of_a_destination_is_there_or_it_is_told(String place) throws IOException {
    var to = place.formatted(folder);
    var outcome = SkopeoLine.copy(start.oci(StartImages.SINGLE), to);
    assertThat(outcome.failed().stderr())
        .contains(folder.resolve("new") + ": no such file or directory; make that folder first");
    assertThat(folder).isEmptyDirectory();
    Files.createDirectory(folder.resolve("new"));
    SkopeoLine.copy(start.oci(StartImages.SINGLE), to).succeeded();
  }

  @Test
  void a_destination_that_nobody_knows_is_told_before_the_source_is_asked() {
    var outcome = SkopeoLine.copy("dir:" + folder + "/none", "nowhere:x");
    assertThat(outcome.failed().stderr()).contains("unknown transport").doesNotContain("Getting");
  }

  @Test
  void a_docker_archive_has_no_digests_that_could_be_preserved() {
    var archive = folder.resolve("a.tar");
    var outcome =
        SkopeoLine.copy(
            start.oci(StartImages.SINGLE), "docker-archive:" + archive, "--preserve-digests");
    assertThat(outcome.failed().stderr()).contains("Instructed to preserve digests");
    assertThat(archive).doesNotExist();
  }

  @Test
  void an_option_for_another_transport_is_warned_about() {
    assertThat(
            SkopeoLine.copy(start.oci(StartImages.SINGLE), docker("warned"), "--dest-compress")
                .succeeded()
                .stderr())
        .contains(
            "level=warning msg=\"--dest-compress can only be used if the destination transport is"
                + " 'dir'\"");
  }

  @Test
  void layers_whose_digests_were_made_first_are_sent_once() {
    SkopeoLine.copy(start.oci(StartImages.SINGLE), plain(), "--dest-decompress").succeeded();
    SkopeoLine.copy(plain(), docker("once"), "--dest-precompute-digests").succeeded();
    try (var watched = FaultyRegistry.before(registry)) {
      var again = "docker://" + watched.host() + "/once:again";
      SkopeoLine.copy(plain(), again, "--dest-precompute-digests").succeeded();
      assertThat(watched.log()).contains("manifest-put").doesNotContain("upload-post");
    }
  }

  @Test
  void tls_verify_before_the_command_is_heeded_and_warned_about() {
    SkopeoLine.copy(start.oci(StartImages.SINGLE), docker("old")).succeeded();
    var old = SkopeoLine.run("--tls-verify=false", "inspect", "--no-tags", docker("old"));
    assertThat(old.succeeded().stderr())
        .contains("level=warning msg=\"'--tls-verify' is deprecated");
    assertThat(
            SkopeoLine.run("--tls-verify=false", "inspect", "--tls-verify", docker("old"))
                .failed()
                .stderr())
        .contains("level=fatal");
  }

  private static JsonNode manifest(String location) throws IOException {
    var raw = SkopeoLine.run("inspect", "--tls-verify=false", "--raw", location).succeeded();
    return Json.readTree(raw.stdout().getBytes(StandardCharsets.UTF_8), "manifest");
  }

  private static Iterable<String> layerTypes(String location) throws IOException {
    return manifest(location).path("layers").findValuesAsText("mediaType");
  }

  private String plain() {
    return "dir:" + folder + "/plain";
  }

  private static String docker(String name) {
    return "docker://%s/%s:t".formatted(registry.host(), name);
  }
}
