package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.image.Blob;
import dev.ocij.image.Image;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Layer;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Platform;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How layers are compressed on their way, beside skopeo.
@Tag("tool")
class CompressedCopyTest {
  private static final String CHECKSUM = "io.github.containers.zstd-chunked.manifest-checksum";
  private static final Layer LAYER = layer();

  private static Tool skopeo;
  private static DockerRegistry registry;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void images() throws IOException {
    skopeo = Tool.required("skopeo");
    registry = DockerRegistry.open();
    write(shared + "/plain:t", LAYER.blob());
    for (var format : List.of("gzip", "zstd")) {
      SkopeoLine.copy(source("plain"), source(format), "--dest-compress-format", format)
          .succeeded();
    }
    SkopeoLine.copy(source("plain"), source("chunked"), "--dest-compress-format=zstd:chunked")
        .succeeded();
  }

  @AfterAll
  static void no_registry() {
    if (registry != null) {
      registry.close();
    }
  }

  /// As skopeo 1.22 does, and where Debian's knows the format, as that does.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          plain,   docker, '',           +gzip
          plain,   oci,    '',           +gzip
          plain,   dir,    '',           ''
          plain,   dir,    zstd,         ''
          plain,   oci,    zstd,         +zstd
          gzip,    docker, '',           +gzip
          gzip,    docker, zstd,         +zstd
          gzip,    oci,    zstd,         +zstd
          gzip,    dir,    zstd,         +gzip
          zstd,    docker, '',           +zstd
          zstd,    oci,    '',           +zstd
          zstd,    docker, gzip,         +gzip
          zstd,    oci,    gzip,         +gzip
          """)
  void layers_are_compressed_as_the_place_wants_and_the_line_says(
      String from, String to, String format, String suffix) {
    var options =
        format.isEmpty() ? new String[0] : new String[] {"--dest-compress-format", format};
    SkopeoLine.copy(source(from), place(to, "ours"), options).succeeded();
    assertThat(layer(place(to, "ours")).path("mediaType").asText())
        .isEqualTo("application/vnd.oci.image.layer.v1.tar" + suffix);
    if (!to.equals("docker")) { // there skopeo takes what other tests made, from its own cache
      theirs(source(from), place(to, "theirs"), options);
      assertThat(layer(place(to, "theirs")).path("mediaType").asText())
          .isEqualTo("application/vnd.oci.image.layer.v1.tar" + suffix);
    }
    assertWhole(place(to, "ours"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "zstd"})
  void any_layer_becomes_one_in_chunks(String from) {
    var there = place("docker", "chunked-" + from);
    SkopeoLine.copy(source(from), there, "--dest-compress-format=zstd:chunked").succeeded();
    assertThat(layer(there).path("annotations").has(CHECKSUM)).isTrue();
    assertThat(layer(there)).isEqualTo(layer(source("chunked")));
    assertWhole(there);
  }

  @Test
  void a_layer_in_chunks_stays_one() {
    SkopeoLine.copy(source("chunked"), place("oci", "kept")).succeeded();
    SkopeoLine.copy(source("chunked"), place("oci", "again"), "--dest-compress-format=zstd:chunked")
        .succeeded();
    assertThat(layer(place("oci", "kept"))).isEqualTo(layer(source("chunked")));
    assertThat(layer(place("oci", "again"))).isEqualTo(layer(source("chunked")));
    SkopeoLine.copy(source("chunked"), place("oci", "gzip"), "--dest-compress-format=gzip")
        .succeeded();
    assertThat(layer(place("oci", "gzip")).has("annotations")).isFalse();
    SkopeoLine.copy(source("chunked"), place("dir", "docker"), "--format=v2s2").succeeded();
    assertThat(layer(place("dir", "docker")).has("annotations")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"zstd, 22, 99", "zstd, 1, -5", "zstd:chunked, 1, 0"})
  void a_level_of_zstd_beyond_its_scale_is_the_nearest_one(
      String format, String nearest, String beyond) {
    assertThat(size(format, beyond)).isEqualTo(size(format, nearest));
  }

  @Test
  void a_level_that_nothing_is_compressed_with_may_be_any() {
    SkopeoLine.copy(source("plain"), place("dir", "kept"), "--dest-compress-level=99").succeeded();
    SkopeoLine.copy(source("gzip"), place("oci", "kept"), "--dest-compress-level=99").succeeded();
  }

  @ParameterizedTest
  @CsvSource({"gzip, 1, 9", "zstd, 1, 19", "zstd:chunked, 1, 19"})
  void a_higher_level_makes_layers_smaller(String format, String low, String high) {
    assertThat(size(format, high)).isLessThan(size(format, low));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --dest-compress-format=gzip --dest-compress-level=10, its levels are 1 to 9
          --dest-compress-format=gzip --dest-compress-level=-2, its levels are 1 to 9
          --dest-force-compress-format,                         needs a format
          --dest-compress-format=bzip2,                         cannot find compressor
          """)
  void a_line_that_makes_no_sense_is_refused(String options, String why) {
    assertThat(
            SkopeoLine.copy(source("plain"), place("oci", "never"), options.split(" "))
                .failed()
                .stderr())
        .contains(why);
  }

  @Test
  void an_oci_layout_takes_plain_layers_where_that_was_said() {
    SkopeoLine.copy(source("plain"), place("oci", "as-is"), "--dest-oci-accept-uncompressed-layers")
        .succeeded();
    assertThat(layer(place("oci", "as-is"))).isEqualTo(layer(source("plain")));
  }

  /// Whatever the media type says, the content tells how it is compressed.
  @ParameterizedTest
  @ValueSource(strings = {"bzip2", "xz"})
  void layers_by_other_algorithms_are_read(String program) throws IOException {
    var file = folder.resolve("layer.tar");
    Files.write(file, LAYER.tar());
    Tool.required(program).output(file.toString());
    var packed = folder.resolve("layer.tar" + (program.equals("xz") ? ".xz" : ".bz2"));
    var blob = Blob.of(MediaType.OCI_LAYER, Files.readAllBytes(packed));
    write(folder + "/packed:t", blob);
    SkopeoLine.copy("oci:%s/packed:t".formatted(folder), place("docker", program)).succeeded();
    assertWhole(place("docker", program));
  }

  private static void write(String layout, Blob layer) throws IOException {
    var history = List.of(new History(null, "test", null, null, false));
    var config =
        ImageConfig.scratch(Platform.of("linux", "amd64"))
            .withLayers(List.of(LAYER.diffId()), history);
    var image =
        Image.of(
            MediaType.OCI_MANIFEST,
            Blob.of(MediaType.OCI_CONFIG, Json.write(config)),
            List.of(layer));
    try (var sink = new LayoutTransport().openSink(layout)) {
      sink.commit(image.write(sink));
    }
  }

  private int size(String format, String level) {
    var there = place("oci", "level" + level);
    SkopeoLine.copy(
            source("plain"),
            there,
            "--dest-compress-format=" + format,
            "--dest-compress-level=" + level)
        .succeeded();
    assertWhole(there);
    return layer(there).path("size").asInt();
  }

  /// skopeo reads the layer, and finds the tar in it.
  private void assertWhole(String location) {
    var name = "whole-" + location.replaceAll("[^a-z0-9]", "");
    theirs(location, place("dir", name), "--dest-decompress");
    assertThat(folder.resolve("dir-" + name).resolve(LAYER.diffId().hex())).exists();
  }

  private static String source(String name) {
    return "oci:%s/%s:t".formatted(shared, name);
  }

  private String place(String transport, String name) {
    return switch (transport) {
      case "docker" ->
          "docker://%s/%s-%s:t"
              .formatted(
                  registry.host(), folder.getFileName().toString().toLowerCase(Locale.ROOT), name);
      case "oci" -> "oci:%s/oci-%s:t".formatted(folder, name);
      default -> "dir:%s/dir-%s".formatted(folder, name);
    };
  }

  private static void theirs(String from, String to, String... options) {
    var line = new ArrayList<>(List.of("--insecure-policy", "copy", "-q"));
    line.addAll(List.of("--src-tls-verify=false", "--dest-tls-verify=false"));
    line.addAll(List.of(options));
    line.addAll(List.of(from, to));
    skopeo.output(line.toArray(String[]::new));
  }

  private static JsonNode layer(String location) {
    Outcome raw = SkopeoLine.run("inspect", "--tls-verify=false", "--raw", location).succeeded();
    return Json.readTree(raw.stdout().getBytes(StandardCharsets.UTF_8), "manifest")
        .path("layers")
        .path(0);
  }

  private static Layer layer() {
    var text = new StringBuilder();
    var random = new Random(7);
    for (int i = 0; i < 40_000; i++) {
      text.append("word").append(random.nextInt(3000)).append(' ');
    }
    return Layer.of(layout -> {
      layout.directory("d", Attributes.DIRECTORY);
      layout.file("d/text", Attributes.FILE, text.toString());
      layout.file("d/small", Attributes.FILE, "small");
    });
  }
}
