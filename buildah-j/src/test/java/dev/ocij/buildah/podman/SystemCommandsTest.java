package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemCommandsTest {
  @TempDir private Path folder;
  private InProcess podman;

  @BeforeEach
  void prepare() {
    podman = new InProcess(folder);
  }

  @Test
  void the_disk_is_told_by_kind() throws IOException {
    assertThat(podman.output("system", "df"))
        .isEqualTo(
            """
            TYPE           TOTAL       ACTIVE      SIZE        RECLAIMABLE
            Images         0           0           0B          0B (0%)
            Containers     0           0           0B          0B (0%)
            Local Volumes  0           0           0B          0B (0%)
            """);
    var used = podman.build("a=1", "-t", "x");
    podman.build("a=2", "-t", "y");
    ContainerFiles.write(podman.store(), "box", used, "v");
    podman.output("volume", "create", "v");
    Files.writeString(podman.store().resolve("volumes/v/_data/f"), "hello\n");
    assertThat(podman.output("system", "df", "--format", "{{.Type}} {{.Total}} {{.Active}}"))
        .isEqualTo("Images 2 1\nContainers 1 0\nLocal Volumes 1 1\n");
    var json = podman.output("system", "df", "--format", "json");
    assertThat(json)
        .startsWith("[\n    {\"Type\":\"Images\",\"Total\":2,\"Active\":1,\"RawSize\":");
    var volumes = Json.readTree(json.getBytes(StandardCharsets.UTF_8), "usage").path(2);
    assertThat(volumes.path("RawSize").asInt()).isEqualTo(6);
    assertThat(volumes.path("Reclaimable").asText()).isEqualTo("0B (0%)");
    assertThat(podman.output("system", "df", "-v"))
        .containsPattern("localhost/x +latest +[0-9a-f]{12} +")
        .containsPattern("cccccccccccc +[0-9a-f]{12} +sh +0 +0B +.* +exited +box")
        .contains("\nv            1           6B\n");
  }

  @Test
  void what_nobody_uses_goes() throws IOException {
    var used = podman.build("a=1", "-t", "x");
    podman.build("a=2", "-t", "y");
    var dangling = podman.build("a=3", "-t", "y");
    podman.output("untag", "y");
    podman.output("volume", "create", "v");
    var container = ContainerFiles.write(podman.store(), "box", used, "v");
    assertThat(podman.output("system", "prune", "-f"))
        .startsWith("Deleted Containers\n" + container + "\nDeleted Images\n")
        .contains(dangling)
        .containsPattern("Total reclaimed space: [0-9.]+kB\n$");
    assertThat(podman.output("system", "prune", "-f", "--all", "--volumes"))
        .startsWith("Deleted Volumes\nv\nDeleted Images\n" + used + "\n");
    assertThat(podman.output("system", "prune", "-f")).isEqualTo("Total reclaimed space: 0B\n");
  }

  @Test
  void only_a_yes_removes_anything() throws IOException {
    podman.build("a=1");
    assertThat(answered("n\n")).contains("dangling", "[y/N]").doesNotContain("reclaimed");
    assertThat(podman.output("images", "-q")).isNotEmpty();
    assertThat(answered("y\n")).contains("reclaimed");
    assertThat(podman.output("images", "-q")).isEmpty();
    assertThat(podman.run("system", "prune", "--filter", "x=y", "-f").status()).isEqualTo(125);
  }

  private String answered(String answer) {
    return typing(answer, () -> podman.output("system", "prune"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"system", "image", "container", "pod"})
  void without_an_answer_nothing_is_removed(String family) {
    assertThat(typing("", () -> podman.run(family, "prune").status())).isEqualTo(125);
  }

  private static <T> T typing(String typed, Supplier<T> work) {
    var before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
      return work.get();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void the_machine_is_told_in_three_ways() {
    assertThat(podman.output("info"))
        .startsWith("host:\n  arch: ")
        .contains(
            "\nstore:\n", "  graphDriverName: oci-layout\n", "  containerStore:\n    number: 0");
    assertThat(
            podman.output("info", "-f", "{{.Host.OS}} {{.Store.GraphRoot}} {{.Version.Version}}"))
        .isEqualTo("linux %s 5.8.6\n".formatted(podman.store()));
    var json =
        Json.readTree(
            podman.output("system", "info", "-f", "json").getBytes(StandardCharsets.UTF_8), "info");
    assertThat(json.path("host").path("security").path("capabilities").asText())
        .contains("CAP_CHOWN", "CAP_SYS_CHROOT")
        .doesNotContain("CAP_SYS_ADMIN");
    assertThat(json.path("host").path("memTotal").asLong()).isPositive();
    assertThat(json.path("host").path("idMappings").path("uidmap").path(0).path("size").asLong())
        .isPositive();
  }

  @Test
  void the_version_is_that_of_the_command_line_that_is_followed() {
    assertThat(podman.output("version"))
        .startsWith("Client:        podman-j\nVersion:       5.8.6\n");
    assertThat(podman.output("version", "-f", "{{.Client.Version}}")).isEqualTo("5.8.6\n");
    assertThat(podman.output("version", "-f", "{{.Server.Version}}")).isEqualTo("5.8.6\n");
    assertThat(podman.output("version", "-f", "json"))
        .startsWith("{\"Client\":{\"APIVersion\":\"5.8.6\",\"Version\":\"5.8.6\",");
  }
}
