package dev.ocij.layer;

import static dev.ocij.layer.Attributes.DIRECTORY;
import static dev.ocij.layer.Attributes.FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayeredTreeTest {
  private static final LayeredTree BASE =
      tree(layout -> {
        layout.directory("/etc", DIRECTORY.withMode(0700));
        layout.file("/etc/passwd", FILE, "root");
        layout.file("/etc/motd", FILE, "hello");
        layout.hardLink("/etc/same", "/etc/motd");
        layout.symlink("/lib", "usr/lib");
        layout.file("/usr/lib/libc.so", FILE, "c");
        layout.symlink("/abs", "/usr/lib/../lib");
        layout.symlink("/up", "../../../../etc");
        layout.symlink("/loop", "loop");
        layout.symlink("/dangling", "/no/where");
      });

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /,                   ''
          /etc/./passwd,       etc/passwd
          lib/libc.so,         usr/lib/libc.so
          abs/libc.so,         usr/lib/libc.so
          abs/../../etc,       etc
          up/passwd,           etc/passwd
          ../../etc/motd,      etc/motd
          etc/same,            etc/same
          dangling,
          etc/passwd/x,
          etc/passwd/..,
          absent/../etc,
          """)
  void resolves_links_inside_the_root(String path, @Nullable String resolved) {
    assertThat(BASE.resolve(path).map(Entry::path).orElse(null)).isEqualTo(resolved);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /new,            new
          lib/new/file,    usr/lib/new/file
          dangling,        no/where
          dangling/x,      no/where/x
          up/new,          etc/new
          ../../new,       new
          absent/../x,     x
          """)
  void says_where_something_new_would_stand(String path, String resolved) {
    assertThat(BASE.resolveNew(path)).isEqualTo(resolved);
  }

  @Test
  void refuses_endless_links_and_files_as_parents() {
    assertThatThrownBy(() -> BASE.resolve("loop"))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("255 symbolic links");
    assertThatThrownBy(() -> BASE.resolveNew("etc/passwd/x"))
        .hasMessage("path \"etc/passwd/x\": \"etc/passwd\" is no directory");
  }

  @Test
  void looks_up_without_following() {
    assertThat(BASE.lookup("/lib").orElseThrow().target()).isEqualTo("usr/lib");
    assertThat(BASE.lookup("/lib/libc.so")).isEmpty();
    assertThatThrownBy(() -> BASE.lookup("../etc")).hasMessageContaining("leaves its root");
  }

  @Test
  void reads_files_and_hard_links() throws IOException {
    assertThat(read(BASE, "/etc/passwd")).isEqualTo("root");
    assertThat(read(BASE, "/etc/same")).isEqualTo("hello");
    assertThat(BASE.lookup("/etc/same").orElseThrow())
        .matches(Entry::isFile)
        .extracting(Entry::size)
        .isEqualTo(5L);
    assertThatThrownBy(() -> read(BASE, "/etc")).hasMessageContaining("no file is there");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          etc/.wh.motd,         motd passwd same, passwd same
          etc/.wh..wh..opq,     motd passwd same, ''
          .wh.etc,              motd passwd same, ''
          etc/new,              motd passwd same, motd new passwd same
          etc,                  motd passwd same, ''
          """)
  void lets_the_upper_layer_hide(String entry, String below, String above) {
    var tree = BASE.with(part(layout -> layout.file(entry, FILE, "")));
    assertThat(names(BASE, "etc")).isEqualTo(below);
    assertThat(names(tree, "etc")).isEqualTo(above);
  }

  @Test
  void never_hides_what_the_whiteouts_own_layer_has() {
    var tree =
        BASE.with(
            part(layout -> {
              layout.file("/etc/new", FILE, "");
              layout.whiteout("/etc");
              layout.file("/usr/lib/a", FILE, "");
              layout.opaque("/usr");
              layout.file("/lib", FILE, "");
              layout.whiteout("/lib");
            }));
    assertThat(names(tree, "etc")).isEqualTo("new");
    assertThat(names(tree, "usr/lib")).isEqualTo("a");
    assertThat(tree.lookup("lib")).get().matches(Entry::isFile);
  }

  @Test
  void keeps_the_attributes_that_a_layer_below_lists() {
    var tree = BASE.with(part(layout -> layout.file("/etc/new", FILE, "")));
    assertThat(tree.lookup("etc").orElseThrow().attributes().mode()).isEqualTo(0700);
    var listed = tree.with(part(layout -> layout.directory("/etc", DIRECTORY.withMode(0711))));
    assertThat(listed.lookup("etc").orElseThrow().attributes().mode()).isEqualTo(0711);
    assertThat(names(listed, "etc")).isEqualTo("motd new passwd same");
  }

  @Test
  void has_a_root_without_any_layer() {
    assertThat(LayeredTree.EMPTY.lookup("/").orElseThrow().isDirectory()).isTrue();
    assertThat(LayeredTree.EMPTY.list("/")).isEmpty();
    assertThat(LayeredTree.EMPTY.resolveNew("/a/b")).isEqualTo("a/b");
  }

  private static LayeredTree tree(Consumer<Layout> description) {
    return LayeredTree.EMPTY.with(part(description));
  }

  private static LayeredTree.Part part(Consumer<Layout> description) {
    return Layer.of(description).part();
  }

  private static String names(LayeredTree tree, String directory) {
    return String.join(" ", tree.list(directory).stream().map(Entry::name).toList());
  }

  private static String read(LayeredTree tree, String path) throws IOException {
    try (var in = tree.open(tree.lookup(path).orElseThrow())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
