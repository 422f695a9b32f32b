package dev.ocij.buildah.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A build with RUN that is killed, or finds its disk full, at any step: the next one gives the
/// same image as if nothing had been, and nothing is left.
@Tag("root")
@Tag("tool")
@Tag("namespace")
@Tag("distribution")
class BrokenBuildTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int KILLS = 5;

  /// Its time tells processes of this test from others.
  private static final String TIME = "0.271828";

  private static final String SLEEP = "sleep " + TIME;

  @AutoClose private TemporaryFolder folder;
  private String wanted = "";

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    folder = TemporaryFolder.create("broken");
    Busybox.required().writeLayout(place("base"), "base");
    var context = Files.createDirectory(place("context"));
    var data = new byte[2 * MEGABYTE];
    // What no compression makes smaller.
    new Random(1).nextBytes(data);
    Files.write(context.resolve("data"), data);
    Files.writeString(
        context.resolve("Containerfile"),
        """
        FROM oci:%s:base
        COPY data /one
        RUN cat /one >/two; %s; cat /one /one >/three
        RUN --mount=type=cache,target=/cache cp /one /cache/; %s; mkdir /d; mv /three /d/
        COPY data /four
        """
            .formatted(place("base"), SLEEP, SLEEP));
    wanted = buildah("whole", "build", "-q", "--timestamp=1", context()).succeeded().stdout();
  }

  @Test
  void killed_at_any_moment() throws Exception {
    buildah("store", "build", "-q", "--timestamp=1", "-t", "before", context()).succeeded();
    for (int i = 0; i < KILLS; i++) {
      var line = line("store", "build", "-q", "--no-cache", "-t", "new", context());
      var build =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      // From before the start of Java to behind the end, on a machine that is not busy.
      build.waitFor(200 + 200L * i, TimeUnit.MILLISECONDS);
      build.destroyForcibly().waitFor();
      // One that finds all in the cache cleans up, too.
      requireWhole();
    }
    var again = buildah("store", "build", "-q", "--no-cache", "--timestamp=1", context());
    assertThat(again.succeeded().stdout()).isEqualTo(wanted);
    buildah("store", "push", "-q", "before", "dir:" + place("pushed")).succeeded();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 9, 12, 16})
  void a_disk_that_is_full(int megabytes) throws IOException {
    var disk = Files.createDirectory(place("store"));
    mount("-t", "tmpfs", "-o", "size=%dm".formatted(megabytes), "tmpfs", disk.toString());
    try {
      var full = buildah("store", "build", "-q", "--timestamp=1", context()).failed();
      assertThat(full.stderr()).containsIgnoringCase("no space left");
      assertThat(full.stderr().lines().filter(line -> line.startsWith("Error: "))).hasSize(1);
      mount("-o", "remount,size=200m", disk.toString());
      requireWhole();
    } finally {
      Tool.required("umount").run(disk.toString()).succeeded();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t oci-archive:DISK/x.tar",
        "-t docker-archive:DISK/x.tar",
        "-o type=tar,dest=DISK/x.tar",
        "-o type=local,dest=DISK/x"
      })
  void a_full_disk_at_the_destination_has_nothing_by_halves(String options) throws IOException {
    var disk = Files.createDirectory(place("disk"));
    mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString());
    try {
      var line = new ArrayList<>(List.of("build", "-q"));
      line.addAll(List.of(options.replace("DISK", disk.toString()).split(" ")));
      line.add(context());
      var full = buildah("whole", line.toArray(String[]::new));
      assertThat(full.status()).isEqualTo(125);
      assertThat(full.stderr())
          .contains("Error: ", disk.toString())
          .containsIgnoringCase("no space");
      assertThat(disk).isEmptyDirectory();
    } finally {
      Tool.required("umount").run(disk.toString()).succeeded();
    }
  }

  @Test
  void builds_at_once_share_a_store_and_its_caches() throws Exception {
    var builds = new ArrayList<Process>();
    for (int i = 0; i < 3; i++) {
      var line = line("store", "build", "-q", "--timestamp=1", "-t", "new" + i, context());
      builds.add(new ProcessBuilder(line).redirectOutput(place("out" + i).toFile()).start());
    }
    for (int i = 0; i < builds.size(); i++) {
      assertThat(builds.get(i).waitFor()).isZero();
      assertThat(place("out" + i)).hasContent(wanted.strip());
    }
    requireWhole();
  }

  private void requireWhole() throws IOException {
    var next = buildah("store", "build", "-q", "--timestamp=1", "-t", "next", context());
    assertThat(next.succeeded().stdout()).isEqualTo(wanted);
    buildah("store", "push", "-q", "next", "dir:" + place("pushed")).succeeded();
    assertThat(place("store/containers").toFile().list()).containsExactly(".lock");
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(place("store") + "/");
    assertThat(ProcessHandle.allProcesses().map(each -> each.info().commandLine().orElse("")))
        .noneMatch(line -> line.endsWith(" " + TIME));
    try (var all = Files.walk(place("store"))) {
      assertThat(all.map(path -> String.valueOf(path.getFileName())))
          .noneMatch(name -> name.startsWith(".tmp") || name.startsWith(".partial"));
    }
  }

  private static void mount(String... words) {
    Tool.required("mount").run(words).succeeded();
  }

  private Outcome buildah(String store, String... words) {
    return Run.of(line(store, words)).outcome();
  }

  private List<String> line(String store, String... words) {
    return StoreLine.of(place(store), words);
  }

  private String context() {
    return place("context").toString();
  }

  private Path place(String name) {
    return folder.path().resolve(name);
  }
}
