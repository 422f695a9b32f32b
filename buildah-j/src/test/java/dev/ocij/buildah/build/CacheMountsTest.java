package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cache mounts keep, carried from one machine, or store, to another.
@Tag("root")
@Tag("tool")
@Tag("namespace")
@Tag("distribution")
class CacheMountsTest {
  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    Files.createDirectory(folder.resolve("context"));
    Files.writeString(
        folder.resolve("context/Containerfile"),
        """
        FROM oci:%s:base
        ARG WORD
        RUN --mount=type=cache,target=/c,id=one cat /c/kept; echo $WORD >/c/kept && chown 7:8 /c/kept
        RUN --mount=type=cache,target=/c,id=two,mode=750 ls -ln /c; ln -s x /c/link || true
        """
            .formatted(folder.resolve("base")));
  }

  @AfterEach
  void remove() {
    Tool.required("rm").run("-rf", folder.resolve("a").toString()).succeeded();
    Tool.required("rm").run("-rf", folder.resolve("b").toString()).succeeded();
  }

  @Test
  void a_folder_carries_them() {
    var carried = folder.resolve("carried").toString();
    build("a", "first", "--cache-mounts-to=" + carried);
    assertThat(build("b", "second", "--cache-mounts-from=" + carried))
        .contains("\nfirst\n")
        .containsPattern("lrwxrwxrwx .* link -> x");
    assertThat(Tool.required("stat").output("-c", "%u:%g", cache("b"))).isEqualTo("7:8\n");
    // What is here already is newer than what was carried.
    assertThat(build("b", "third", "--cache-mounts-from=" + carried)).contains("\nsecond\n");
  }

  @Test
  void a_repository_carries_them_and_steps_done_before_give_them_too() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var carried = registry.host() + "/team/mounts:main";
      build("a", "first");
      var again = run("a", List.of("--cache-mounts-to=" + carried, "--build-arg=WORD=first"));
      assertThat(again.succeeded().stdout()).contains("Using cache");
      assertThat(build("b", "second", "--cache-mounts-from=" + carried)).contains("\nfirst\n");
    }
  }

  @Test
  void what_other_builds_gave_to_the_same_place_stays() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var carried = registry.host() + "/team/mounts:main";
      build("a", "first", "--cache-mounts-to=" + carried);
      var containerfile = folder.resolve("context/Containerfile");
      var text = Files.readString(containerfile);
      Files.writeString(containerfile, text.replace("id=one", "id=other"));
      build("b", "of others", "--cache-mounts-to=" + carried);
      assertThat(build("a", "x", "--cache-mounts-from=" + carried)).contains("\nof others\n");
      Files.writeString(containerfile, text);
      assertThat(build("b", "second", "--cache-mounts-from=" + carried)).contains("\nfirst\n");
    }
  }

  @Test
  void a_place_that_has_none_is_as_good_as_an_empty_one() {
    var none = run("a", List.of("--cache-mounts-from=" + folder.resolve("nowhere"))).succeeded();
    assertThat(none.stdout()).doesNotContain("[Warning]");
    var unreachable = run("a", List.of("--cache-mounts-from=127.0.0.1:1/x")).succeeded();
    assertThat(unreachable.stdout()).contains("[Warning] cache mounts of docker://127.0.0.1:1/x");
  }

  /// The file of the cache `one`, wherever it is.
  private String cache(String store) {
    return Tool.required("find")
        .output(folder.resolve(store + "/cache/mounts").toString(), "-name", "kept")
        .strip();
  }

  private String build(String store, String word, String... options) {
    var all = new ArrayList<>(List.of(options));
    all.add("--build-arg=WORD=" + word);
    return run(store, all).succeeded().stdout();
  }

  private Outcome run(String store, List<String> options) {
    var launcher = Launcher.BUILDAH_J.distribution().resolve("bin/buildah-j").toString();
    var line = new ArrayList<>(List.of(launcher, "--root", folder.resolve(store).toString()));
    line.addAll(List.of("build", "--tls-verify=false", "-t", "x"));
    line.addAll(options);
    line.add(folder.resolve("context").toString());
    return Run.of(line).in(folder).outcome();
  }
}
