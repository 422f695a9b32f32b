package dev.ocij.buildah.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever happens to a command, what was there before stays whole, and the next one works.
@Tag("distribution")
class CrashTest {
  private static final int KILLS = 8;
  private static final int MEGABYTE = 1 << 20;

  @AutoClose private TemporaryFolder folder;

  @BeforeEach
  void prepare() throws IOException {
    folder = TemporaryFolder.create("crash");
    var context = Files.createDirectory(place("context"));
    Files.write(context.resolve("data"), new byte[3 * MEGABYTE]);
    Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY data /\n");
    Files.writeString(context.resolve("Other"), "FROM scratch\nCOPY data /other/\nLABEL a=1\n");
  }

  @Test
  void two_builds_at_once_share_a_store() throws Exception {
    var one = start("build", "-q", "-t", "one", context());
    var other = start("build", "-q", "-t", "other", "-f", context() + "/Other", context());
    assertThat(one.waitFor()).isZero();
    assertThat(other.waitFor()).isZero();
    assertThat(buildah("images", "-q").succeeded().stdout().lines()).hasSize(2);
    requireWhole("one", "other");
  }

  @Test
  void killed_commands_leave_everything_as_it_was() throws Exception {
    buildah("build", "-q", "-t", "app", context()).succeeded();
    buildah("from", "--name", "c", "app").succeeded();
    for (int i = 0; i < KILLS; i++) {
      var build =
          start(
              "build", "-q", "--no-cache", "-t", "new" + i, "-f", context() + "/Other", context());
      var copy = start("copy", "c", context() + "/data", "/copy" + i);
      // From before the start of Java to behind the end, on a machine that is not busy.
      build.waitFor(100L * i, TimeUnit.MILLISECONDS);
      build.destroyForcibly().waitFor();
      copy.destroyForcibly().waitFor();
      requireWhole("app");
    }
    var commit = buildah("commit", "-q", "c", "committed").succeeded();
    assertThat(commit.stdout()).matches("[0-9a-f]{64}\n");
    requireWhole("app", "committed");
    buildah("rm", "-a").succeeded();
    buildah("rmi", "-a").succeeded();
    assertThat(list("store/images/blobs/sha256")).isEmpty();
    assertThat(list("store/images/blobs")).containsExactly("sha256");
    assertThat(list("store/containers")).containsExactly(".lock");
  }

  @Test
  @Tag("root")
  void a_full_disk_loses_nothing() throws IOException {
    Require.root();
    var store = Files.createDirectory(place("store"));
    var mount = Tool.required("mount");
    mount.run("-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", store.toString()).succeeded();
    try {
      buildah("build", "-q", "-t", "app", context()).succeeded();
      Files.write(place("context/data"), new byte[7 * MEGABYTE]);
      var full = buildah("build", "-q", "-t", "big", context());
      assertThat(full.status()).isEqualTo(125);
      assertThat(full.stderr()).contains("Error: ", "No space left").hasLineCount(4);
      requireWhole("app");
      Files.write(place("context/data"), new byte[MEGABYTE]);
      buildah("build", "-q", "-t", "small", context()).succeeded();
      requireWhole("app", "small");
    } finally {
      Tool.required("umount").run(store.toString()).succeeded();
    }
  }

  /// Everything that these names lead to can be read, and has its digest.
  private void requireWhole(String... names) throws IOException {
    for (var name : names) {
      var copy = place("copy-" + name);
      buildah("push", "-q", name, "dir:" + copy).succeeded();
      Tool.required("rm").run("-r", copy.toString()).succeeded();
    }
  }

  private Process start(String... words) throws IOException {
    return new ProcessBuilder(line(words))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private Outcome buildah(String... words) {
    return Run.of(line(words)).outcome();
  }

  private List<String> line(String... words) {
    return StoreLine.of(place("store"), words);
  }

  private String context() {
    return place("context").toString();
  }

  private List<String> list(String directory) throws IOException {
    try (var all = Files.list(place(directory))) {
      return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }

  private Path place(String name) {
    return folder.path().resolve(name);
  }
}
