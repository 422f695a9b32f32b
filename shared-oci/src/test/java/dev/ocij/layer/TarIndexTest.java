package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TarIndexTest {
  @ParameterizedTest
  @MethodSource("hostileTars")
  void refuses(String expected, RawTar tar) {
    assertThatThrownBy(() -> TarIndex.read(tar.open()))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  static Stream<Arguments> hostileTars() {
    return Stream.of(
        Arguments.of("leaves its root", new RawTar().file("../dropped", "x")),
        Arguments.of("leaves its root", new RawTar().file("a/../../dropped", "x")),
        Arguments.of("leaves its root", new RawTar().pax("path=../dropped").file("a", "x")),
        Arguments.of("leaves its root", new RawTar().special('L', "../a\0").file("a", "x")),
        Arguments.of("leaves its root", new RawTar().file("a", "").hardLink("b", "../a")),
        Arguments.of("leak", new RawTar().hardLink("leak", "/etc/shadow")),
        Arguments.of("links to", new RawTar().directory("d").hardLink("leak", "d")),
        Arguments.of("links to", new RawTar().hardLink("self", "self")),
        Arguments.of("replaces the root", new RawTar().symlink(".", "/tmp/outside")),
        Arguments.of("replaces the root", new RawTar().symlink("/", "/tmp/outside")),
        Arguments.of("replaces the root", new RawTar().file("./", "").file(".", "x")),
        Arguments.of("is no directory", new RawTar().file("a", "").file("a/b", "x")),
        Arguments.of("symbolic links", new RawTar().symlink("a", "a").file("a/b", "x")),
        Arguments.of("target is no path", new RawTar().symlink("a", "")),
        Arguments.of("names no entry", new RawTar().file(".wh.", "")),
        Arguments.of("names no entry", new RawTar().file("etc/.wh..", "")),
        Arguments.of("names no entry", new RawTar().file("etc/.wh...", "")),
        Arguments.of("not valid", new RawTar().brokenChecksum("a")),
        Arguments.of("negative", negativeSize()),
        Arguments.of("claims", new RawTar().pax("size=9223372036854775807").file("huge", "")),
        Arguments.of("size", new RawTar().pax("size=-1").file("a", "")),
        Arguments.of("uid", new RawTar().pax("uid=x").file("a", "")),
        Arguments.of("ids", new RawTar().pax("uid=4294967295").file("a", "")),
        Arguments.of("decimal", new RawTar().pax("mtime=1E999999999").file("a", "")),
        Arguments.of("PAX record", new RawTar().special('x', "99 path=a\n").file("a", "")),
        Arguments.of("PAX record", new RawTar().special('x', "-5 path=a\n").file("a", "")),
        Arguments.of("PAX record", new RawTar().special('x', "nothing").file("a", "")),
        Arguments.of("long name", new RawTar().header("x", 'x', "77777777", "")),
        Arguments.of("longer than", new RawTar().pax("path=" + "a/".repeat(2100)).file("a", "")),
        Arguments.of("sparse", new RawTar().header("a", 'S', "0", "")),
        Arguments.of("sparse", new RawTar().pax("GNU.sparse.major=1").file("a", "")),
        Arguments.of("unknown type", new RawTar().header("a", 'V', "0", "")),
        Arguments.of("before its content does", new RawTar().header("a", '0', "77777", "")),
        Arguments.of("follows the end", new RawTar().raw("\0".repeat(512)).file("a", "")));
  }

  @Test
  void refuses_an_archive_cut_inside_a_header() {
    var cut = Arrays.copyOf(new RawTar().file("a", "").end(), 300);
    assertThatThrownBy(() -> TarIndex.read(new ByteArrayInputStream(cut)))
        .hasMessageContaining("ends inside a header");
  }

  @Test
  void accepts_an_archive_without_end_blocks() throws IOException {
    var tar = new ByteArrayInputStream(new RawTar().file("a", "x").bytes());
    assertThat(TarIndex.read(tar).root().child("a")).isNotNull();
  }

  @Test
  void follows_a_link_of_the_same_layer_inside_the_root() throws IOException {
    var tar = new RawTar().symlink("esc", "/tmp/outside").file("esc/dropped", "x");
    var tree = LayeredTree.of(List.of(part(tar.end())));
    assertThat(tree.lookup("tmp/outside/dropped")).isPresent();
    assertThat(tree.resolve("/esc/dropped").orElseThrow().path()).isEqualTo("tmp/outside/dropped");
  }

  @Test
  void what_replaces_a_directory_counts_for_the_entries_behind_it() throws IOException {
    var tar =
        new RawTar()
            .directory("d")
            .file("d/a", "x")
            .symlink("d", "e")
            .file("d/b", "x")
            .directory("e")
            .file("d/c", "x");
    var tree = LayeredTree.of(List.of(part(tar.end())));
    assertThat(tree.lookup("d").orElseThrow().isSymlink()).isTrue();
    assertThat(tree.list("e")).extracting(Entry::path).containsExactly("e/b", "e/c");
  }

  private static LayeredTree.Part part(byte[] tar) throws IOException {
    return new LayeredTree.Part(
        TarIndex.read(new ByteArrayInputStream(tar)),
        TarContent.of(() -> new ByteArrayInputStream(tar)));
  }

  private static RawTar negativeSize() {
    return new RawTar().header("neg", '0', "\u00ff".repeat(10) + "\u00fe\u0000", "");
  }
}
