package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every transport to every other and back. Where skopeo keeps a manifest, so do we, byte for byte;
/// where it must write another one, ours is of the same type and for the same configuration.
@Tag("tool")
class RoundTripTest {
  private static final String STORE = "containers-storage";
  private static final List<String> TRANSPORTS =
      List.of("docker", "oci", "oci-archive", "docker-archive", "dir", STORE);
  private static final List<String> WITHOUT_INDEX = List.of("docker-archive", STORE);

  @AutoClose private static DockerRegistry registry;
  private static Tool skopeo;
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void begin() {
    skopeo = Tool.required("skopeo");
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
  }

  private static Stream<Arguments> pairs() {
    return TRANSPORTS.stream()
        .flatMap(from -> TRANSPORTS.stream().map(to -> Arguments.of(from, to)));
  }

  private static Stream<Arguments> pairsForIndexes() {
    return pairs()
        .filter(pair ->
            Stream.of(pair.get()).noneMatch(name -> WITHOUT_INDEX.contains(name.toString())));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void an_image_goes_there_and_back(String from, String to) {
    goThereAndBack(StartImages.SINGLE, from, to, List.of());
  }

  @ParameterizedTest
  @MethodSource("pairsForIndexes")
  void an_index_goes_there_and_back(String from, String to) {
    goThereAndBack(StartImages.INDEX, from, to, List.of("--all"));
  }

  private void goThereAndBack(String image, String from, String to, List<String> options) {
    var there = place(from, "there");
    if (from.equals(STORE)) {
      ours(start.oci(image), there, options);
    } else {
      theirs(start.oci(image), there, options);
    }
    step(there, to, "to", options);
    step(place(to, "to"), from, "back", options);
  }

  /// One copy by each of the two, and what both read of ours.
  private void step(String source, String to, String name, List<String> options) {
    var destination = place(to, name);
    ours(source, destination, options);
    if (to.equals(STORE)) {
      assertThat(raw(destination)).isEqualTo(raw(source));
      return;
    }
    assertThat(skopeoRaw(destination)).isEqualTo(raw(destination));
    theirs(destination, "dir:" + folder + "/read-" + name, options);
    if (source.startsWith(STORE)) {
      return;
    }
    var byThem = place(to, name + "-theirs");
    theirs(source, byThem, options);
    if (skopeoRaw(byThem).equals(skopeoRaw(source))) {
      assertThat(raw(destination)).as("the manifest, which skopeo keeps").isEqualTo(raw(source));
    } else {
      assertThat(configuration(destination)).isEqualTo(configuration(byThem));
    }
  }

  private String configuration(String location) {
    return SkopeoLine.run("inspect", "--tls-verify=false", "--config", location)
        .succeeded()
        .stdout();
  }

  private String place(String transport, String name) {
    var unique = folder.getFileName().toString().toLowerCase(Locale.ROOT) + "-" + name;
    return switch (transport) {
      case "docker" -> "docker://%s/%s:v1".formatted(registry.host(), unique);
      case STORE -> "%s:localhost/%s:v1".formatted(STORE, unique);
      case "docker-archive" ->
          "docker-archive:%s/%s.tar:example.com/a/b:v1".formatted(folder, name);
      case "oci-archive" -> "oci-archive:%s/%s.oci.tar:v1".formatted(folder, name);
      case "oci" -> "oci:%s/layout-%s:v1".formatted(folder, name);
      default -> "dir:%s/dir-%s".formatted(folder, name);
    };
  }

  private static String raw(String location) {
    return SkopeoLine.run("inspect", "--tls-verify=false", "--raw", location).succeeded().stdout();
  }

  private static String skopeoRaw(String location) {
    return skopeo.output("inspect", "--tls-verify=false", "--raw", location);
  }

  private static void ours(String from, String to, List<String> options) {
    SkopeoLine.copy(from, to, options.toArray(String[]::new)).succeeded();
  }

  private static void theirs(String from, String to, List<String> options) {
    var line =
        new ArrayList<>(
            List.of(
                "--insecure-policy",
                "copy",
                "-q",
                "--src-tls-verify=false",
                "--dest-tls-verify=false"));
    line.addAll(options);
    line.addAll(List.of(from, to));
    skopeo.output(line.toArray(String[]::new));
  }
}
