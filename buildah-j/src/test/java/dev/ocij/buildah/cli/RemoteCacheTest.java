package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `--cache-to` gives to a repository, `--cache-from` finds there, for another store.
class RemoteCacheTest {
  private static final int STEPS = 8;

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(folder.resolve("context"));
    Files.writeString(folder.resolve("context/file"), "content");
    Files.writeString(
        folder.resolve("context/Containerfile"),
        "FROM scratch\nLABEL a=b\nCOPY file /\nWORKDIR /made\nADD file /again\n");
    Files.writeString(
        folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
  }

  @Test
  @Tag("tool")
  void another_store_gets_the_same_image_without_doing_a_step() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var repository = registry.host() + "/team/cache";
      var first = build("one", "--cache-to=" + repository);
      assertThat(first.lines().filter(line -> line.startsWith("--> Pushing cache ["))).hasSize(4);
      Files.delete(folder.resolve("one/images/index.json"));
      var second = build("two", "--cache-from=" + repository);
      assertThat(second.lines().filter(line -> line.startsWith("--> Cache pulled from remote")))
          .hasSize(4);
      assertThat(second.lines().toList().getLast()).isEqualTo(first.lines().toList().getLast());
      Files.writeString(folder.resolve("context/file"), "other");
      assertThat(build("three", "--cache-from=" + repository)).containsOnlyOnce("Cache pulled");
      assertThat(build("four", "--no-cache", "--cache-from=" + repository))
          .doesNotContain("Cache pulled", "Using cache");
    }
  }

  @Test
  @Tag("tool")
  void two_machines_at_once_lose_nothing_and_find_what_the_other_did() throws IOException {
    var text = new StringBuilder();
    for (var stage : List.of("both", "left", "right")) {
      text.append("FROM scratch AS ").append(stage).append('\n');
      for (int i = 0; i < STEPS; i++) {
        text.append("COPY file /").append(stage).append(i).append('\n');
      }
    }
    Files.writeString(folder.resolve("context/Containerfile"), text);
    try (var registry = DockerRegistry.open()) {
      var repository = registry.host() + "/team/cache";
      // The same keys at the same time, then keys of one's own, and then those of the other.
      atOnce(repository, "both", "both");
      atOnce(repository, "left", "right");
      for (var found : atOnce(repository, "right", "left")) {
        assertThat(found.lines().filter(line -> line.startsWith("--> Cache pulled from remote")))
            .hasSize(STEPS);
      }
      for (var stage : List.of("both", "left", "right")) {
        assertThat(build("three", "--target=" + stage, "--cache-from=" + repository))
            .doesNotContain("[Warning]")
            .satisfies(told ->
                assertThat(told.lines().filter(line -> line.startsWith("--> Cache pulled")))
                    .hasSize(STEPS));
      }
    }
  }

  /// Builds of two stores at the same time, with one repository.
  private List<String> atOnce(String repository, String one, String two) {
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      var cache = new String[] {"--cache-from=" + repository, "--cache-to=" + repository};
      var first = tasks.submit(() -> build("one", "--target=" + one, cache[0], cache[1]));
      var second = tasks.submit(() -> build("two", "--target=" + two, cache[0], cache[1]));
      return List.of(first.get(), second.get());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Tag("tool")
  void a_layer_that_is_not_what_it_should_be_is_told_and_not_used() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var repository = registry.host() + "/cache";
      build("one", "--cache-to=" + repository);
      damage(registry.storage());
      assertThat(build("two", "--cache-from=" + repository))
          .contains("[Warning] cache " + repository)
          .containsOnlyOnce("Cache pulled");
    }
  }

  @Test
  void a_repository_that_cannot_be_read_is_told_and_no_more() throws IOException {
    assertThat(build("one", "--cache-from=127.0.0.1:1/x"))
        .contains("[Warning] cache 127.0.0.1:1/x: ");
  }

  @Test
  void results_are_used_as_long_as_they_are_young_enough() throws IOException {
    build("one");
    assertThat(build("one", "--cache-ttl=1h")).contains("Using cache");
    assertThat(build("one", "--cache-ttl=0")).doesNotContain("Using cache");
    try (var records = Files.list(folder.resolve("one/cache/steps"))) {
      for (var each : records.toList()) {
        Files.setLastModifiedTime(each, FileTime.from(Instant.now().minusSeconds(7200)));
      }
    }
    assertThat(build("one", "--cache-ttl=1h")).doesNotContain("Using cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cache-to=x", "--cache-from=h/x:tag", "--cache-from=h/x@sha256:1"})
  void a_repository_has_no_tag(String option) {
    assertThat(run("one", option).failed().stderr())
        .contains("expected a repository without a tag");
  }

  /// Changes a byte in the middle of each blob that is no JSON.
  private static void damage(Path storage) throws IOException {
    try (var files = Files.walk(storage)) {
      for (var file : files.filter(each -> each.endsWith("data")).toList()) {
        var bytes = Files.readAllBytes(file);
        if (bytes.length > 0 && bytes[0] != '{') {
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
  }

  private String build(String store, String... options) {
    return run(store, options).succeeded().stdout();
  }

  private Outcome run(String store, String... options) {
    var line =
        new ArrayList<>(
            List.of(
                "build",
                "--tls-verify=false",
                "--signature-policy=" + folder.resolve("policy.json")));
    line.addAll(List.of(options));
    line.add(folder.resolve("context").toString());
    return new InProcess(folder.resolve(store)).run(line.toArray(String[]::new));
  }
}
