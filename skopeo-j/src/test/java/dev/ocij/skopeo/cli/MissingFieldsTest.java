package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images whose configuration lacks what every configuration has.
class MissingFieldsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"architecture\":\"amd64\",\"os\":\"linux\"}",
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":null}",
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{}}",
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\"}}",
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":null}}",
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[]}}",
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[null]}}",
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"x\"]}}",
        "{\"architecture\":null,\"os\":null,\"config\":null,\"history\":[null]}",
        "{\"history\":[{\"empty_layer\":true},{},{},{}]}",
        "null",
        "[]",
        "\"\"",
        ""
      })
  void are_read_or_refused_with_a_sentence(String config) throws IOException {
    var image = write(config.getBytes(StandardCharsets.UTF_8));
    var insecure = "--insecure-policy";
    for (var line :
        List.of(
            List.of("inspect", image),
            List.of("inspect", "--config", image),
            List.of(insecure, "copy", image, "oci:" + folder.resolve("new") + ":t"),
            List.of(insecure, "copy", "--format=v2s2", image, "dir:" + folder.resolve("v2s2")),
            List.of(insecure, "copy", image, "docker-archive:" + folder.resolve("a.tar") + ":a:t"),
            List.of(
                insecure,
                "copy",
                "--dest-compress-format=zstd",
                image,
                "oci:" + folder.resolve("zstd") + ":t"))) {
      var outcome = SkopeoLine.run(line.toArray(String[]::new));
      assertThat(outcome.status()).as("%s", outcome).isBetween(0, 1);
      assertThat(outcome.stderr()).doesNotContain("Exception", "\tat ", "java.");
      if (outcome.status() == 1) {
        assertThat(outcome.stderr().lines().filter(told -> told.contains("level=fatal")))
            .as("%s", outcome)
            .singleElement()
            .asString()
            .matches(".* msg=\"\\w[^\\n]*: [^\\n]+");
      }
    }
  }

  /// With one layer, which is a tar of nothing.
  private String write(byte[] config) throws IOException {
    var directory = Files.createDirectory(folder.resolve("image"));
    var layer = new byte[1024];
    Files.write(directory.resolve(Digest.of(config).hex()), config);
    Files.write(directory.resolve(Digest.of(layer).hex()), layer);
    Files.writeString(directory.resolve("version"), "Directory Transport Version: 1.1\n");
    Files.writeString(
        directory.resolve("manifest.json"),
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":%d,"digest":"%s"},
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","size":1024,
                    "digest":"%s"}]}
        """
            .formatted(config.length, Digest.of(config), Digest.of(layer)));
    return "dir:" + directory;
  }
}
