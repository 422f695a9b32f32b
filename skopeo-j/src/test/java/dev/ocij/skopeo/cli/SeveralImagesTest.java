package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Digest;
import dev.ocij.testing.TarText;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives and layouts with several images: which is meant, as skopeo sees it, and what is left
/// when one is deleted.
@Tag("tool")
class SeveralImagesTest {
  private static Tool skopeo;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void three_images() throws IOException {
    skopeo = Tool.required("skopeo");
    var archive = shared.resolve("three.tar");
    Files.write(archive, three());
    pack(archive, new XZCompressorOutputStream(Files.newOutputStream(path("three.tar.xz"))));
    pack(archive, new BZip2CompressorOutputStream(Files.newOutputStream(path("three.tar.bz2"))));
    for (var image : Map.of("@0", "a", "c", "c:1.0").entrySet()) {
      skopeo.output(
          "--insecure-policy",
          "copy",
          "-q",
          "docker-archive:%s:%s".formatted(archive, image.getKey()),
          "oci:%s/layout:%s".formatted(shared, image.getValue()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker-archive:%s/three.tar",
        "docker-archive:%s/three.tar:@0",
        "docker-archive:%s/three.tar:@1",
        "docker-archive:%s/three.tar:@3",
        "docker-archive:%s/three.tar:@x",
        "docker-archive:%s/three.tar:c",
        "docker-archive:%s/three.tar:c:latest",
        "docker-archive:%s/three.tar:example.com/a:2",
        "docker-archive:%s/three.tar:example.com/a",
        "docker-archive:%s/three.tar.xz:@1",
        "docker-archive:%s/three.tar.bz2:c",
        "oci:%s/layout",
        "oci:%s/layout:a",
        "oci:%s/layout:c:1.0",
        "oci:%s/layout:bad^name"
      })
  void the_same_one_is_meant(String place) {
    var line = new String[] {"inspect", "--format={{.Labels}}", place.formatted(shared)};
    var theirs = skopeo.run(line);
    var ours = SkopeoLine.run(line);
    assertThat(ours.stdout()).isEqualTo(theirs.stdout());
    assertThat(ours.status()).as(ours.stderr()).isEqualTo(theirs.status());
  }

  @Test
  void the_names_are_listed_as_skopeo_does() {
    var line = new String[] {"list-tags", "docker-archive:" + shared + "/three.tar"};
    assertThat(SkopeoLine.run(line).succeeded().stdout()).isEqualTo(skopeo.output(line));
  }

  @Test
  void a_layout_loses_the_image_that_is_deleted_and_no_other() throws IOException {
    var layout = "oci:" + folder + "/layout";
    SkopeoLine.copy("docker-archive:" + shared + "/three.tar:@0", layout + ":a").succeeded();
    SkopeoLine.copy("docker-archive:" + shared + "/three.tar:c", layout + ":c").succeeded();
    assertThat(SkopeoLine.run("delete", layout).failed().status()).isEqualTo(1);
    assertThat(SkopeoLine.run("delete", layout + ":none").failed().status()).isEqualTo(2);
    assertThat(SkopeoLine.run("delete", layout + ":@0").succeeded().stdout()).isEmpty();
    assertThat(skopeo.output("inspect", "--format={{.Labels}}", layout))
        .isEqualTo("map[image:c]\n");
    SkopeoLine.run("delete", layout + ":c").succeeded();
    assertThat(folder.resolve("layout/index.json")).content().contains("\"manifests\":[]");
    assertThat(folder.resolve("layout/blobs/sha256")).isEmptyDirectory();
  }

  @Test
  void the_store_loses_the_image_that_is_deleted() {
    var home = Map.of("XDG_DATA_HOME", folder.toString());
    var store = "containers-storage:localhost/c:1";
    SkopeoLine.with("--insecure-policy", "copy", "docker-archive:" + shared + "/three.tar:c", store)
        .with(home)
        .outcome()
        .succeeded();
    SkopeoLine.with("delete", store).with(home).outcome().succeeded();
    assertThat(SkopeoLine.with("delete", store).with(home).outcome().status()).isEqualTo(2);
  }

  private static Path path(String name) {
    return shared.resolve(name);
  }

  private static void pack(Path archive, OutputStream packed) throws IOException {
    try (packed) {
      Files.copy(archive, packed);
    }
  }

  /// As `docker save` writes several: the layers once, and a list.
  private static byte[] three() throws IOException {
    var layer = new TarText().file("f", 0644, new byte[] {1}).bytes();
    var archive = new TarText().file("layer.tar", 0644, layer);
    var all = new ArrayList<String>();
    for (var image : List.of("a", "b", "c")) {
      var config =
          """
          {"architecture":"amd64","os":"linux","config":{"Labels":{"image":"%s"}},\
          "rootfs":{"type":"layers","diff_ids":["%s"]},\
          "history":[{"created":"2020-01-01T00:00:00Z"}]}\
          """
              .formatted(image, Digest.of(layer));
      archive.file(image + ".json", 0644, config.getBytes(StandardCharsets.UTF_8));
      all.add(
          "{\"Config\":\"%s.json\",\"RepoTags\":%s,\"Layers\":[\"layer.tar\"]}"
              .formatted(image, NAMES.get(image)));
    }
    var manifest = "[" + String.join(",", all) + "]";
    return archive.file("manifest.json", 0644, manifest.getBytes(StandardCharsets.UTF_8)).bytes();
  }

  private static final Map<String, String> NAMES =
      Map.of("a", "[\"example.com/a:1\",\"example.com/a:2\"]", "b", "null", "c", "[\"c:latest\"]");
}
