package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.testing.MemoryRegistry;
import dev.ocij.testing.RawServer;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Layers that their publisher keeps at URLs of its own: where they may be missing they stay there,
/// and nobody asks a URL that an image names.
@Tag("tool")
class ForeignLayerTest {
  @TempDir private Path folder;
  private final Digest layer = Digest.of(new byte[7]);
  private RawServer publisher;

  @BeforeEach
  void an_image() throws IOException {
    publisher = RawServer.answering((_, out) -> RawServer.write(out, "HTTP/1.1 200 OK\n\n1234567"));
    var config =
        """
        {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]}}
        """
            .formatted(layer)
            .getBytes(StandardCharsets.UTF_8);
    var directory = Files.createDirectory(folder.resolve("from"));
    Files.write(directory.resolve(Digest.of(config).hex()), config);
    Files.writeString(directory.resolve("version"), "Directory Transport Version: 1.1\n");
    Files.writeString(
        directory.resolve("manifest.json"),
        """
        {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",
         "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},
         "layers":[{"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip","size":7,
                    "digest":"%s","urls":["http://%s/layer"]}]}
        """
            .formatted(config.length, Digest.of(config), layer, publisher.host()));
  }

  @AfterEach
  void nobody_asked() {
    assertThat(publisher.requests()).isZero();
    publisher.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"oci:FOLDER/TOOL:t", "oci-archive:FOLDER/TOOL.tar:t"})
  void stay_where_they_are_as_with_skopeo(String to) throws IOException {
    var theirs = to.replace("FOLDER", folder.toString()).replace("TOOL", "theirs");
    Tool.required("skopeo").output("--insecure-policy", "copy", "-q", from(), theirs);
    var ours = to.replace("FOLDER", folder.toString()).replace("TOOL", "ours");
    SkopeoLine.copy(from(), ours).succeeded();
    assertThat(layers(ours)).isEqualTo(layers(theirs));
  }

  @Test
  void stay_where_they_are_in_a_registry() throws IOException {
    try (var registry = MemoryRegistry.with()) {
      var pushed = "docker://" + registry.host() + "/a/b:t";
      SkopeoLine.copy(from(), pushed).succeeded();
      assertThat(layers(pushed)).isEqualTo(layers(from()));
      SkopeoLine.copy(pushed, "oci:" + folder + "/pulled:t").succeeded();
      assertThat(layers("oci:" + folder + "/pulled:t").toString()).contains(publisher.host());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dir:FOLDER/new", "docker-archive:FOLDER/new:a/b:t"})
  void are_missed_where_an_image_must_be_whole(String to) {
    var outcome = SkopeoLine.copy(from(), to.replace("FOLDER", folder.toString()));
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.stderr())
        .contains(layer.toString(), "http://" + publisher.host() + "/layer", "is not fetched");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void are_carried_where_the_source_has_them() throws IOException {
    Files.write(folder.resolve("from").resolve(layer.hex()), new byte[7]);
    SkopeoLine.copy(from(), "dir:" + folder + "/new").succeeded();
    assertThat(folder.resolve("new").resolve(layer.hex())).hasBinaryContent(new byte[7]);
  }

  private String from() {
    return "dir:" + folder + "/from";
  }

  private static JsonNode layers(String image) {
    var tls = image.startsWith("docker:") ? "--tls-verify=false" : "--no-creds";
    var text = SkopeoLine.run("inspect", "--raw", tls, image).succeeded().stdout();
    return Json.readTree(text.getBytes(StandardCharsets.UTF_8), "manifest").path("layers");
  }
}
