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
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that gets full while an image comes to it: what was there before stays whole, nothing
/// counts as there that is not, and with more room the same command does it.
@Tag("root")
@Tag("tool")
@Tag("distribution")
class FullDiskTest {
  private static final int KILOBYTE = 1 << 10;
  private static final int LAYER = 2000 * KILOBYTE;

  @AutoClose private TemporaryFolder folder;
  private Path disk = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    folder = TemporaryFolder.create("full");
    disk = Files.createDirectory(place("disk"));
    mount("-t", "tmpfs", "-o", "size=200m", "tmpfs", disk.toString());
    var context = Files.createDirectory(place("context"));
    for (int i = 1; i <= 3; i++) {
      var data = new byte[LAYER];
      // What no compression makes smaller.
      new Random(i).nextBytes(data);
      Files.write(context.resolve("data" + i), data);
    }
    build("one", "FROM scratch\nCOPY data1 /\n");
    build("two", "FROM scratch\nCOPY data2 /\nCOPY data3 /\n");
  }

  @AfterEach
  void unmount() {
    Tool.required("umount").run(disk.toString()).succeeded();
  }

  /// @param room kilobytes that are free: none, less than a layer, or than two
  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 3000})
  void a_pull_has_nothing_by_halves(int room) throws IOException {
    var store = "disk/store";
    for (var name : List.of("one", "two")) {
      buildah("whole", "push", "-q", name, layout("from", name)).succeeded();
    }
    var one = buildah(store, "pull", "-q", layout("from", "one")).succeeded().stdout();
    leave(room);
    requireFull(buildah(store, "pull", "-q", layout("from", "two")));
    assertThat(buildah(store, "images", "-q", "--no-trunc").succeeded().stdout())
        .isEqualTo("sha256:" + one);
    buildah(store, "push", "-q", one.strip(), "dir:" + place("one-pushed")).succeeded();
    mount("-o", "remount,size=200m", disk.toString());
    var two = buildah(store, "pull", "-q", layout("from", "two")).succeeded().stdout();
    buildah(store, "push", "-q", two.strip(), "dir:" + place("two-pushed")).succeeded();
    requireNothingElse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 3000})
  void a_push_to_a_layout_has_nothing_by_halves(int room) throws IOException {
    buildah("whole", "push", "-q", "one", layout("disk/layout", "one")).succeeded();
    var before = Files.readString(disk.resolve("layout/index.json"));
    leave(room);
    requireFull(buildah("whole", "push", "-q", "two", layout("disk/layout", "two")));
    assertThat(disk.resolve("layout/index.json")).hasContent(before);
    requireWhole("one");
    mount("-o", "remount,size=200m", disk.toString());
    buildah("whole", "push", "-q", "two", layout("disk/layout", "two")).succeeded();
    requireWhole("one");
    requireWhole("two");
    requireNothingElse();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 1000, 3000, 4000})
  void a_push_to_a_new_layout_has_nothing_by_halves(int room) throws IOException {
    leave(room);
    requireFull(buildah("whole", "push", "-q", "two", layout("disk/layout", "two")));
    assertThat(Run.of(inspect("two")).outcome().status()).isNotZero();
    mount("-o", "remount,size=200m", disk.toString());
    buildah("whole", "push", "-q", "two", layout("disk/layout", "two")).succeeded();
    requireWhole("two");
    requireNothingElse();
  }

  private static void requireFull(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.stderr()).isEqualTo(125);
    assertThat(outcome.stderr()).containsIgnoringCase("no space left");
    assertThat(outcome.stderr().lines().filter(line -> line.startsWith("Error: "))).hasSize(1);
  }

  /// Another program reads each blob, and compares it with its digest.
  private void requireWhole(String name) {
    var copy = "dir:" + place("copied-" + name);
    Tool.required("skopeo")
        .run("--insecure-policy", "copy", layout("disk/layout", name), copy)
        .succeeded();
  }

  private List<String> inspect(String name) {
    return List.of(
        Tool.required("skopeo").program().toString(), "inspect", layout("disk/layout", name));
  }

  private void requireNothingElse() throws IOException {
    try (var all = Files.walk(disk)) {
      assertThat(all.map(path -> String.valueOf(path.getFileName())))
          .noneMatch(name -> name.startsWith(".tmp") || name.startsWith(".partial"));
    }
  }

  /// Makes the disk so small that only so much is free.
  private void leave(int kilobytes) throws IOException {
    var space = Files.getFileStore(disk);
    long used = (space.getTotalSpace() - space.getUnallocatedSpace()) / KILOBYTE;
    mount("-o", "remount,size=%dk".formatted(Math.max(used + kilobytes, 4)), disk.toString());
  }

  private void build(String name, String text) throws IOException {
    Files.writeString(place("Containerfile"), text);
    var file = place("Containerfile").toString();
    buildah("whole", "build", "-q", "-t", name, "-f", file, place("context").toString())
        .succeeded();
  }

  private static void mount(String... words) {
    Tool.required("mount").run(words).succeeded();
  }

  private Outcome buildah(String store, String... words) {
    return Run.of(StoreLine.of(place(store), words)).outcome();
  }

  private String layout(String folder, String name) {
    return "oci:%s:%s".formatted(place(folder), name);
  }

  private Path place(String name) {
    return folder.path().resolve(name);
  }
}
