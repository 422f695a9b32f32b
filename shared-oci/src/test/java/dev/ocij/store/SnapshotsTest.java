package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.layer.Attributes;
import dev.ocij.layer.Layer;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
  private static final UnpackRules RULES =
      new UnpackRules(Whiteouts.USER_OVERLAY, Ownership.RECORDED);
  private static final Layer BASE =
      Layer.of(layout -> {
        layout.directory("/", Attributes.DIRECTORY.withMode(0751));
        layout.directory("/tmp", Attributes.DIRECTORY.withMode(01777));
        layout.file("/etc/motd", Attributes.FILE, "hello");
      });
  private static final Layer TOP =
      Layer.of(layout -> layout.file("/tmp/new", Attributes.FILE, "new"));

  @TempDir Path temporary;

  @Test
  void unpacks_what_is_missing_topmost_first() throws IOException {
    var lowers = snapshots().lowers(List.of(source(BASE), source(TOP)));
    assertThat(lowers.get(0).resolve("tmp/new")).hasContent("new");
    assertThat(lowers.get(1).resolve("etc/motd")).hasContent("hello");
    assertThat(lowers.get(0).resolve("etc")).doesNotExist();
  }

  @Test
  void unpacks_nothing_twice() throws IOException {
    var opened = new AtomicInteger();
    var counted = counted(BASE, opened);
    var first = snapshots().lowers(List.of(counted));
    assertThat(snapshots().lowers(List.of(counted))).isEqualTo(first);
    assertThat(opened).hasValue(1);
  }

  @Test
  void gives_directories_that_are_not_listed_their_look_from_below() throws IOException {
    var lowers = snapshots().lowers(List.of(source(BASE), source(TOP)));
    assertThat(mode(lowers.get(0).resolve("tmp"))).isEqualTo(01777);
    assertThat(mode(lowers.get(0))).isEqualTo(0751);
    var alone = snapshots().lowers(List.of(source(TOP)));
    assertThat(mode(alone.get(0).resolve("tmp"))).isEqualTo(0755);
    assertThat(mode(alone.get(0))).isEqualTo(0755);
  }

  @Test
  void keeps_nothing_of_a_layer_that_is_another() throws IOException {
    var other = new Snapshots.Source(Digest.of(new byte[0]), BASE::open);
    assertThatThrownBy(() -> snapshots().lowers(List.of(source(BASE), other)))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("diff id");
    assertThat(trees()).isEmpty();
  }

  @Test
  void lets_many_share_the_work() throws Exception {
    var opened = new AtomicInteger();
    Callable<List<Path>> work =
        () -> snapshots().lowers(List.of(counted(BASE, opened), counted(TOP, opened)));
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = tasks.invokeAll(IntStream.range(0, 8).mapToObj(_ -> work).toList());
      for (var result : results) {
        assertThat(result.get()).hasSize(2).allMatch(Files::isDirectory);
      }
    }
    assertThat(opened).hasValue(2);
  }

  @Test
  void is_closed_to_others() throws IOException {
    var tree = snapshots().lowers(List.of(source(BASE))).getFirst();
    var store = temporary.resolve("store/snapshots");
    assertThat(Files.getPosixFilePermissions(store))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(tree).startsWith(store);
  }

  @Test
  void removes_what_a_dead_process_left() throws IOException {
    var tree = snapshots().lowers(List.of(source(BASE))).getFirst();
    var leftover = Files.createDirectory(tree.resolveSibling(".tmp-" + "0".repeat(64)));
    Files.writeString(leftover.resolve("half"), "made");
    try (var held = Locks.exclusive(tree.resolveSibling("0".repeat(64) + ".lock"))) {
      snapshots().prune();
      assertThat(leftover).as("with %s", held).exists();
    }
    snapshots().prune();
    assertThat(leftover).doesNotExist();
    assertThat(tree).isDirectory();
  }

  private Snapshots snapshots() {
    return Snapshots.of(temporary.resolve("store/snapshots"), RULES);
  }

  private List<Path> trees() throws IOException {
    try (Stream<Path> paths = Files.walk(temporary, 5)) {
      return paths
          .filter(path -> Files.isDirectory(path) && path.getFileName().toString().length() >= 64)
          .toList();
    }
  }

  private static Snapshots.Source source(Layer layer) {
    return new Snapshots.Source(layer.diffId(), layer::open);
  }

  private static Snapshots.Source counted(Layer layer, AtomicInteger opened) {
    return new Snapshots.Source(
        layer.diffId(),
        () -> {
          opened.incrementAndGet();
          return layer.open();
        });
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }
}
