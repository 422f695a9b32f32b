package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.linux.Directory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TreeSnapshotTest {
  @TempDir Path tree;

  @FunctionalInterface
  interface Change {
    void make(Path tree) throws IOException;
  }

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(tree.resolve("d/sub"));
    Files.writeString(tree.resolve("d/f"), "old");
    Files.writeString(tree.resolve("d/sub/g"), "");
    Files.createDirectory(tree.resolve("e"));
    Files.createSymbolicLink(tree.resolve("l"), Path.of("d"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void finds(String expected, Change change) throws IOException {
    var snapshot = TreeSnapshot.of(tree, Ownership.RECORDED);
    change.make(tree);
    assertThat(paths(snapshot.changes())).isEqualTo(expected);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("", tree -> {}),
        change("e e/new", tree -> Files.writeString(tree.resolve("e/new"), "x")),
        change("d d/f", tree -> Files.writeString(tree.resolve("d/f"), "new")),
        change("d d/f", TreeSnapshotTest::rewriteInDisguise),
        change("d d/sub d/sub/g", tree -> Files.writeString(tree.resolve("d/sub/g"), "x")),
        change("d d/.wh.f", tree -> Files.delete(tree.resolve("d/f"))),
        change(".wh.e", tree -> Files.delete(tree.resolve("e"))),
        change(".wh.l l2", tree -> Files.move(tree.resolve("l"), tree.resolve("l2"))),
        change("e", tree -> setMode(tree.resolve("e"), "rwx------")),
        change("d d/f d/h", tree -> Files.createLink(tree.resolve("d/h"), tree.resolve("d/f"))),
        change("e", tree -> setXattr(tree, "e")),
        change("d d/f", tree -> setXattr(tree.resolve("d"), "f")),
        change(".wh.d d2 d2/f d2/sub d2/sub/g", TreeSnapshotTest::renameDirectory),
        change(
            "e",
            tree -> {
              Files.delete(tree.resolve("e"));
              Files.writeString(tree.resolve("e"), "a file now");
            }));
  }

  @Test
  void writes_the_layer_of_the_changes() throws IOException {
    var snapshot = TreeSnapshot.of(tree, Ownership.RECORDED);
    Files.writeString(tree.resolve("d/f"), "new");
    Files.createLink(tree.resolve("d/h"), tree.resolve("d/f"));
    var bytes = new ByteArrayOutputStream();
    try (var layer = new LayerWriter(bytes)) {
      snapshot.changes().write(layer);
    }
    var written = LayeredTree.EMPTY.with(new Layer(bytes.toByteArray()).part());
    try (var in = written.open(written.lookup("d/h").orElseThrow())) {
      assertThat(in).hasContent("new");
    }
    assertThat(snapshot.changes().entries())
        .filteredOn(entry -> entry.type() == Entry.Type.HARDLINK)
        .extracting(Entry::target)
        .containsExactly("d/f");
  }

  private static Arguments change(String expected, Change change) {
    return Arguments.of(expected, change);
  }

  private static void rewriteInDisguise(Path tree) throws IOException {
    var file = tree.resolve("d/f");
    var times = Files.getLastModifiedTime(file);
    Files.writeString(file, "NEW");
    Files.setLastModifiedTime(file, FileTime.from(times.toInstant()));
  }

  private static void renameDirectory(Path tree) throws IOException {
    Files.move(tree.resolve("d"), tree.resolve("d2"));
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void setXattr(Path parent, String name) throws IOException {
    try (var directory = Directory.open(parent)) {
      directory.setXattr(name, "user.test", "x".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String paths(Changes changes) {
    return changes.entries().stream().map(Entry::path).collect(Collectors.joining(" "));
  }
}
