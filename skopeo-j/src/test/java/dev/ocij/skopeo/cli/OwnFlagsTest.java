package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.MemoryRegistry;
import dev.ocij.testing.MemoryRegistry.Trait;
import dev.ocij.testing.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What skopeo has not: flags of our own, and what a registry wants people to know.
@Tag("tool")
class OwnFlagsTest {
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void an_image() {
    start = StartImages.in(shared);
  }

  @Test
  void a_tag_goes_alone() {
    try (var registry = MemoryRegistry.with(Trait.TAG_DELETION)) {
      push(registry.host() + "/a:one");
      push(registry.host() + "/a:two");
      delete(registry.host() + "/a:one", "--tag-only").succeeded();
      var tags =
          SkopeoLine.run("list-tags", "--tls-verify=false", "docker://" + registry.host() + "/a");
      assertThat(tags.succeeded().stdout()).contains("two").doesNotContain("one");
    }
  }

  @Test
  void a_tag_stays_where_the_registry_deletes_by_digest() {
    try (var registry = DockerRegistry.open()) {
      push(registry.host() + "/a:one");
      assertThat(delete(registry.host() + "/a:one", "--tag-only").failed().stderr())
          .contains("the registry does not delete tags alone");
      assertThat(SkopeoLine.run("delete", "--tag-only", "dir:" + folder).failed().stderr())
          .contains("only registries know tags");
      SkopeoLine.copy("docker://" + registry.host() + "/a:one", "dir:" + folder + "/there")
          .succeeded();
    }
  }

  @Test
  void a_dry_run_checks_and_writes_nothing() {
    try (var registry = MemoryRegistry.with()) {
      var to = "docker://" + registry.host() + "/a:t";
      assertThat(
              SkopeoLine.copy(start.oci(StartImages.SINGLE), to, "--dry-run").succeeded().stderr())
          .contains("Would have copied image", "digest=\"sha256:");
      assertThat(registry.requests()).isEmpty();
      var layout = "oci:" + folder + "/layout:t";
      SkopeoLine.copy(start.oci(StartImages.SINGLE), layout, "--dry-run").succeeded();
      assertThat(folder).isEmptyDirectory();
      SkopeoLine.copy(start.oci("missing"), layout, "--dry-run").failed();
    }
  }

  @Test
  void progress_is_an_object_a_line() {
    var to = "dir:" + folder + "/new";
    var outcome = SkopeoLine.copy(start.oci(StartImages.SINGLE), to, "--progress=json").succeeded();
    var steps = new HashSet<String>();
    for (var line : outcome.stderr().lines().toList()) {
      var told = Json.readTree(line.getBytes(StandardCharsets.UTF_8), "progress");
      steps.add(told.path("step").asText());
      if (told.path("step").asText().equals("layer")) {
        assertThat(told.path("digest").asText()).startsWith("sha256:");
        assertThat(told.path("size").asLong()).isPositive();
      }
    }
    assertThat(steps).containsExactlyInAnyOrder("signatures", "layer", "config", "manifest");
    assertThat(SkopeoLine.copy(start.oci(StartImages.SINGLE), to, "--progress=x").failed().stderr())
        .contains("expected plain or json");
  }

  @Test
  void a_warning_of_a_registry_is_told_once() {
    try (var registry = MemoryRegistry.with(Trait.WARNINGS)) {
      var outcome = push(registry.host() + "/a:t");
      assertThat(outcome.stderr().lines().filter(line -> line.contains("level=warning")))
          .singleElement()
          .asString()
          .contains("127.0.0.1: this registry closes soon");
      assertThat(registry.requests()).hasSizeGreaterThan(3);
    }
  }

  private static Outcome push(String to) {
    return SkopeoLine.copy(start.oci(StartImages.SINGLE), "docker://" + to).succeeded();
  }

  private static Outcome delete(String what, String flag) {
    return SkopeoLine.run("delete", "--tls-verify=false", flag, "docker://" + what);
  }
}
