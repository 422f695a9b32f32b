package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnpackerTest {
  private final Unpacker unpacker =
      new Unpacker(new UnpackRules(Whiteouts.APPLIED, Ownership.RECORDED));

  @TempDir Path temporary;
  private Path tree;
  private Path outside;

  @BeforeEach
  void make_a_tree_and_what_must_stay_as_it_is() throws IOException {
    tree = Files.createDirectory(temporary.resolve("tree"));
    outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
  }

  @Test
  void makes_what_the_tar_says() throws IOException {
    unpack(
        new RawTar()
            .directory("etc/")
            .file("etc/motd", "hello")
            .symlink("etc/link", "motd")
            .hardLink("etc/same", "etc/motd")
            .file("deep/er/file", ""));
    assertThat(tree.resolve("etc/motd")).hasContent("hello");
    assertThat(Files.readSymbolicLink(tree.resolve("etc/link"))).hasToString("motd");
    assertThat(Files.isSameFile(tree.resolve("etc/same"), tree.resolve("etc/motd"))).isTrue();
    assertThat(tree.resolve("deep/er/file")).isEmptyFile();
  }

  @ParameterizedTest
  @MethodSource("replacements")
  void lets_a_later_entry_replace_an_earlier_one(RawTar tar, String expected) throws IOException {
    unpack(tar);
    assertThat(listing()).isEqualTo(expected);
  }

  static Stream<Arguments> replacements() {
    return Stream.of(
        Arguments.of(new RawTar().file("a", "1").file("a", "2"), "a=2"),
        Arguments.of(new RawTar().file("a", "1").directory("a/").file("a/b", "2"), "a a/b=2"),
        Arguments.of(new RawTar().file("a/b", "1").file("a", "2"), "a=2"),
        Arguments.of(new RawTar().file("a/b", "1").directory("a/").file("a/c", ""), "a a/b=1 a/c="),
        Arguments.of(new RawTar().symlink("a", "b").file("a", "2"), "a=2"),
        Arguments.of(
            new RawTar().file("a", "1").hardLink("b", "a").file("a", "2").hardLink("c", "b"),
            "a=2 b=1 c=1"),
        Arguments.of(
            new RawTar()
                .file("d/f", "1")
                .hardLink("x", "d/f")
                .file("d", "")
                .file("d", "")
                .directory("d/")
                .file("d/f", "2")
                .hardLink("y", "d/f"),
            "d d/f=2 x=1 y=2"));
  }

  @Test
  void writes_through_links_of_the_layer_inside_the_root_only() throws IOException {
    unpack(new RawTar().symlink("esc", outside.toString()).file("esc/dropped", "x"));
    assertUntouched();
    assertThat(tree.resolve(outside.toString().substring(1)).resolve("dropped")).hasContent("x");
  }

  @Test
  void puts_a_directory_where_a_layer_below_has_a_link_to_outside() throws IOException {
    Files.createSymbolicLink(tree.resolve("esc"), outside);
    unpack(new RawTar().file("esc/dropped", "x"));
    assertUntouched();
    assertThat(tree.resolve("esc/dropped")).hasContent("x");
    assertThat(Files.isSymbolicLink(tree.resolve("esc"))).isFalse();
  }

  @Test
  void replaces_a_link_of_a_layer_below_instead_of_writing_through_it() throws IOException {
    Files.createSymbolicLink(tree.resolve("a"), outside.resolve("secret"));
    Files.createSymbolicLink(tree.resolve("d"), outside);
    unpack(new RawTar().file("a", "x").directory("d/"));
    assertUntouched();
    assertThat(tree.resolve("a")).hasContent("x");
    assertThat(Files.isDirectory(tree.resolve("d"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void refuses_to_link_to_a_file_of_a_layer_below_or_outside() throws IOException {
    Files.writeString(tree.resolve("below"), "");
    assertThatThrownBy(() -> unpack(new RawTar().hardLink("leak", outside + "/secret")))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("\"leak\"");
    assertThatThrownBy(() -> unpack(new RawTar().hardLink("leak", "below")))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("\"leak\"");
    assertUntouched();
  }

  @ParameterizedTest
  @MethodSource("whiteouts")
  void applies_whiteouts_wherever_they_stand(RawTar tar, String expected) throws IOException {
    unpack(new RawTar().file("d/old", "").file("d/sub/old", "").file("f", "").directory("e/"));
    unpack(tar);
    assertThat(listing()).isEqualTo(expected);
  }

  static Stream<Arguments> whiteouts() {
    return Stream.of(
        Arguments.of(new RawTar().file(".wh.d", ""), "e f="),
        Arguments.of(new RawTar().file("d/.wh.old", ""), "d d/sub d/sub/old= e f="),
        Arguments.of(new RawTar().file("d/.wh..wh..opq", ""), "d e f="),
        Arguments.of(new RawTar().file("d/new", "").file("d/.wh..wh..opq", ""), "d d/new= e f="),
        Arguments.of(
            new RawTar().file("d/sub/new", "").file("d/.wh..wh..opq", ""),
            "d d/sub d/sub/new= e f="),
        Arguments.of(
            new RawTar().directory("d/").file("d/new", "").file(".wh.d", ""), "d d/new= e f="),
        Arguments.of(
            new RawTar().file("f", "new").file(".wh.f", ""), "d d/old= d/sub d/sub/old= e f=new"),
        Arguments.of(new RawTar().file(".wh.absent", ""), "d d/old= d/sub d/sub/old= e f="),
        Arguments.of(new RawTar().file(".wh..wh..opq", "").file("n", ""), "n="));
  }

  @Test
  void checks_the_diff_id() throws IOException {
    var tar = new RawTar().file("a", "x").end();
    unpacker.unpack(new ByteArrayInputStream(tar), Digest.of(tar), tree);
    var other = Digest.of(new byte[0]);
    assertThatThrownBy(() -> unpacker.unpack(new ByteArrayInputStream(tar), other, tree))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(Digest.of(tar) + ", expected " + other);
  }

  private void unpack(RawTar tar) throws IOException {
    unpacker.unpack(tar.open(), tree);
  }

  private void assertUntouched() throws IOException {
    try (var names = Files.list(outside)) {
      assertThat(names).containsExactly(outside.resolve("secret"));
    }
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  private String listing() throws IOException {
    try (var paths = Files.walk(tree)) {
      return paths.skip(1).sorted().map(this::line).collect(Collectors.joining(" "));
    }
  }

  private String line(Path path) {
    var name = tree.relativize(path).toString();
    try {
      return Files.isRegularFile(path) ? name + "=" + Files.readString(path) : name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
