package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredIndexTest {
  private static final String LAYER = "sha256:abc";

  /// One of each kind, and what is not as it seems: a link to a file that was replaced, directories
  /// that are not listed, or twice, or hide what is below.
  private static RawTar tar() {
    return new RawTar()
        .pax("mtime=-1.5", "SCHILY.xattr.user.a=1", "SCHILY.xattr.user.b=")
        .directory("etc")
        .file("etc/passwd", "root")
        .pax("mtime=1700000000.123456789", "uid=4000000000", "path=etc/größe")
        .file("x", "long")
        .hardLink("second", "etc/passwd")
        .file("etc/passwd", "another")
        .hardLink("third", "second")
        .hardLink("etc/fourth", "etc/passwd")
        .symlink("link", "../etc/passwd")
        .directory("etc")
        .device("dev/null", '3', 1, 3)
        .device("dev/sda", '4', 8, 70_000)
        .header("dev/pipe", '6', "0", "")
        .file("usr/lib/one", "1")
        .file("usr/.wh.share", "")
        .file("usr/.wh.lib64", "")
        .file("usr/lib/.wh..wh..opq", "");
  }

  @TempDir Path folder;

  @Test
  void has_all_that_was_written() throws IOException {
    assertSame(stored(LAYER).root(), TarIndex.read(tar().open()).root());
  }

  @Test
  void an_empty_layer_has_one_too() throws IOException {
    var empty = TarIndex.read(new RawTar().open());
    Files.write(file(), bytes(empty));
    assertThat(TarIndex.stored(file(), LAYER).orElseThrow().root().children()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"second third", "third second"})
  void names_of_one_file_are_one_file(String names) throws IOException {
    var root = stored(LAYER).root();
    var origins = Arrays.stream(names.split(" ")).map(name -> origin(root, name)).toList();
    assertThat(origins.getFirst()).isSameAs(origins.getLast());
    assertThat(origins.getFirst()).isNotSameAs(origin(child(root, "etc"), "fourth"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"passwd fourth", "fourth passwd"})
  void a_file_is_the_origin_of_its_other_names(String names) throws IOException {
    var etc = child(stored(LAYER).root(), "etc");
    var origins = Arrays.stream(names.split(" ")).map(name -> origin(etc, name)).toList();
    assertThat(origins.getFirst()).isSameAs(origins.getLast());
  }

  @Test
  void is_refused_where_a_byte_is_another() throws IOException {
    var good = bytes(TarIndex.read(tar().open()));
    for (int i = 0; i < good.length; i++) {
      var bad = good.clone();
      bad[i] ^= 1;
      Files.write(file(), bad);
      assertThat(TarIndex.stored(file(), LAYER)).as("byte %d", i).isEmpty();
    }
  }

  @Test
  void is_refused_where_it_was_not_written_to_its_end() throws IOException {
    var good = bytes(TarIndex.read(tar().open()));
    for (int i = 0; i < good.length; i++) {
      Files.write(file(), Arrays.copyOf(good, i));
      assertThat(TarIndex.stored(file(), LAYER)).as("%d bytes", i).isEmpty();
    }
  }

  @Test
  void is_refused_for_another_layer() throws IOException {
    Files.write(file(), bytes(TarIndex.read(tar().open())));
    assertThat(TarIndex.stored(file(), "sha256:abd")).isEmpty();
  }

  /// Where this fails, the number of the form in `StoredIndex.head` has to change, too.
  @Test
  void the_form_is_that_of_its_number() throws IOException {
    assertThat(Digest.of(bytes(TarIndex.read(tar().open()))).hex()).startsWith("4c0d3583aa475a58");
  }

  private Path file() {
    return folder.resolve("index");
  }

  private TarIndex stored(String layer) throws IOException {
    Files.write(file(), bytes(TarIndex.read(tar().open())));
    return TarIndex.stored(file(), layer).orElseThrow();
  }

  private static byte[] bytes(TarIndex index) throws IOException {
    var bytes = new ByteArrayOutputStream();
    index.writeTo(bytes, LAYER);
    return bytes.toByteArray();
  }

  private static Node child(Node directory, String name) {
    return Objects.requireNonNull(directory.child(name), name);
  }

  private static Node origin(Node directory, String name) {
    return child(directory, name).origin();
  }

  private static void assertSame(Node stored, Node read) {
    assertThat(facts(stored)).isEqualTo(facts(read));
    for (var name : read.children().keySet()) {
      assertSame(child(stored, name), child(read, name));
    }
    assertThat(stored.child("absent")).isNull();
  }

  private static List<Object> facts(Node node) {
    return List.of(
        node.entry(),
        node.content(),
        node.content().isFile() ? node.offset() : 0,
        node.isListed(),
        node.isOpaque(),
        node.whiteouts(),
        node.origin().entry(),
        node.children().keySet());
  }
}
