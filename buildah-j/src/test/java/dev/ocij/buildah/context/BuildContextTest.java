package dev.ocij.buildah.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.layer.Entry;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildContextTest {
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectories(folder.resolve("context"));
    for (var file : new String[] {"a.txt", "b.txt", "d/e/f.txt", "d/g.o", "h[1].txt"}) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), file);
    }
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(root.resolve("inside"), Path.of("d/e"));
    Files.createSymbolicLink(root.resolve("absolute"), Path.of("/d/g.o"));
    Files.createSymbolicLink(root.resolve("outside"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("up"), Path.of("../../.."));
    Files.createSymbolicLink(root.resolve("circle"), Path.of("circle"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.txt          | a.txt
          ./a.txt        | a.txt
          /a.txt         | a.txt
          ../../a.txt    | a.txt
          *.txt          | a.txt b.txt h[1].txt
          [ab].txt       | a.txt b.txt
          h\\[1\\].txt   | h[1].txt
          d              | d
          d/             | d
          d/*            | d/e d/g.o
          */*.o          | d/g.o
          **/*.o         | d/g.o
          inside/f.txt   | inside/f.txt
          inside/*       | inside/f.txt
          absolute       | absolute
          """)
  void finds_sources(String source, String expected) throws IOException {
    assertThat(names(IgnoreFile.NONE, source, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          **/*.txt       | a.txt b.txt d/e/f.txt h[1].txt
          d/**           | d/e d/e/f.txt d/g.o
          d/**/*.txt     | d/e/f.txt
          """)
  void finds_sources_at_any_depth(String source, String expected) throws IOException {
    assertThat(names(IgnoreFile.NONE, source, true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"d/e/f.txt, d/e/f.txt", "d/./e/f.txt, e/f.txt", "./d/g.o, d/g.o"})
  void keeps_the_parents_behind_the_pivot(String source, String kept) throws IOException {
    assertThat(context(IgnoreFile.NONE).find(source, true).getFirst().kept()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nosuch            | "/nosuch": no such file or directory
          a.tx              | "/a.tx": no such file or directory; did you mean "a.txt"?
          outside           | "/outside": no such file or directory; it is a link that leads to nothing in there
          up/secret.txt     | "/up/secret.txt": no such file or directory
          ../secret.txt     | "/secret.txt": no such file or directory
          circle            | "/circle": no such file or directory; it is a link that leads to nothing in there
          *.none            | "/*.none": no such file or directory
          a.txt/x           | "/a.txt/x": no such file or directory
          """)
  void names_what_is_missing(String source, String end) {
    assertThatThrownBy(() -> context(IgnoreFile.NONE).find(source, false))
        .isInstanceOf(OciException.class)
        .hasMessage("checking on sources under \"%s\": copier: stat: %s".formatted(root, end));
  }

  @Test
  void tells_what_the_ignore_file_took_away() {
    var ignored = IgnoreFile.parse("/c/.dockerignore", "*.txt");
    assertThatThrownBy(() -> context(ignored).find("*.txt", false))
        .hasMessage(
            "no items matching glob \"%s/*.txt\" copied (3 filtered out using \"/c/.dockerignore\")"
                .formatted(root));
  }

  @Test
  void shows_only_what_is_left() throws IOException {
    assertThat(listed("*\n!d/e")).isEqualTo("d d/e d/e/f.txt");
    assertThat(listed("d\n!d/nosuch\n?*[de]\nup\ncircle")).isEqualTo("a.txt b.txt h[1].txt");
  }

  @Test
  void follows_no_link_by_itself() throws IOException {
    var context = context(IgnoreFile.NONE);
    assertThat(context.lookup("inside").orElseThrow().target()).isEqualTo("d/e");
    assertThat(context.lookup("inside/f.txt")).isEmpty();
    assertThat(context.list("up")).isEmpty();
  }

  @Test
  void does_not_open_what_was_swapped_for_a_link() throws IOException {
    var context = context(IgnoreFile.NONE);
    var file = context.lookup("d/g.o").orElseThrow();
    Files.move(root.resolve("d"), folder.resolve("moved"));
    Files.createSymbolicLink(root.resolve("d"), folder.resolve("moved"));
    assertThatThrownBy(() -> context.open(file).close()).isInstanceOf(IOException.class);
  }

  @Test
  void tells_what_a_file_is() throws IOException {
    var file = root.resolve("a.txt");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(5)));
    var context = context(IgnoreFile.NONE);
    var entry = context.lookup("a.txt").orElseThrow();
    assertThat(entry.type()).isEqualTo(Entry.Type.FILE);
    assertThat(entry.attributes().mode()).isEqualTo(0750);
    assertThat(entry.attributes().mtime()).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(entry.size()).isEqualTo(5);
    try (var content = context.open(entry)) {
      assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("a.txt");
    }
  }

  @Test
  void refuses_what_is_no_directory() {
    assertThatThrownBy(() -> BuildContext.of(root.resolve("a.txt"), IgnoreFile.NONE))
        .hasMessageEndingWith("not a directory");
    assertThatThrownBy(() -> BuildContext.of(root.resolve("none"), IgnoreFile.NONE))
        .hasMessageEndingWith("no such file or directory");
  }

  private String names(IgnoreFile ignored, String source, boolean deep) throws IOException {
    return context(ignored).find(source, deep).stream()
        .map(FoundSource::named)
        .collect(Collectors.joining(" "));
  }

  private String listed(String ignored) throws IOException {
    return ContextListing.of(context(IgnoreFile.parse("i", ignored)));
  }

  private BuildContext context(IgnoreFile ignored) {
    return BuildContext.of(root, ignored);
  }
}
