package dev.ocij.buildah.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ocij.buildah.overlay.ContentDigest;
import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.layer.Entry;
import dev.ocij.linux.Directory;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /// Of a path that the kernel does not take at once.
  @Test
  void reads_what_is_very_deep() throws IOException {
    var names = Collections.nCopies(20, "n".repeat(203));
    var path = String.join("/", names) + "/f";
    assertThat((root + "/" + path).length()).isGreaterThan(4096);
    try (var top = Directory.open(root)) {
      writeBelow(top, names);
      var context = BuildContext.open(root, IgnoreFile.NONE);
      try (var content = context.open(context.lookup(path).orElseThrow())) {
        assertThat(content).hasContent("x");
      }
      top.deleteTree(names.getFirst());
    }
  }

  private static void writeBelow(Directory directory, List<String> names) throws IOException {
    if (names.isEmpty()) {
      try (var file = directory.createFile("f")) {
        file.write(new byte[] {'x'}, 0, 1);
      }
      return;
    }
    directory.createDirectory(names.getFirst());
    try (var below = directory.openDirectory(names.getFirst())) {
      writeBelow(below, names.subList(1, names.size()));
    }
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
          nosuch            | ``
          a.tx              | ; did you mean "a.txt"?
          outside           | ; it is a link that leads to nothing in there
          up/secret.txt     | ``
          ../secret.txt     | ``
          circle            | ; it is a link that leads to nothing in there
          a.txt/x           | ``
          """)
  void names_what_is_missing(String source, String help) {
    assertThatThrownBy(() -> context(IgnoreFile.NONE).find(source, false))
        .isInstanceOfSatisfying(
            OciException.class,
            e -> assertThat(e.category()).isEqualTo(OciException.Category.USAGE))
        .hasMessage("find %s: no such file or directory in the build context%s", source, help);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.none", "none/*", "a.txt?", "d/[x]"})
  void wildcards_may_match_nothing(String source) throws IOException {
    assertThat(context(IgnoreFile.NONE).find(source, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "inside/f.txt"})
  void tells_what_the_ignore_file_took_away(String source) {
    var ignored = IgnoreFile.parse(".containerignore", "**/*.txt");
    assertThatThrownBy(() -> context(ignored).find(source, false))
        .hasMessage(
            "find %s: no such file or directory in the build context; excluded by .containerignore",
            source);
  }

  @Test
  void shows_only_what_is_left() throws IOException {
    assertThat(listed("*\n!d/e")).isEqualTo("d d/e d/e/f.txt");
    assertThat(listed("d\n!d/nosuch\n?*[de]\nup\ncircle")).isEqualTo("a.txt b.txt h[1].txt");
  }

  @Test
  void follows_links_on_the_way_and_not_at_the_end() throws IOException {
    var context = context(IgnoreFile.NONE);
    assertThat(context.lookup("inside").orElseThrow().target()).isEqualTo("d/e");
    assertThat(context.lookup("inside/f.txt").orElseThrow().path()).isEqualTo("inside/f.txt");
    assertThat(context.list("inside")).extracting(Entry::path).containsExactly("inside/f.txt");
    assertThat(context.lookup("up/secret.txt")).isEmpty();
    assertThat(context.lookup("up/a.txt")).isPresent();
  }

  @Test
  void copies_what_a_link_leads_to_under_the_name_of_the_link() throws IOException {
    var context = context(IgnoreFile.NONE);
    var file = context.find("absolute", false).getFirst().asNamed();
    assertThat(file.name()).isEqualTo("absolute");
    assertThat(file.isFile()).isTrue();
    assertThat(text(context, file)).isEqualTo("d/g.o");
    var directory = context.find("inside", false).getFirst().asNamed();
    assertThat(directory.isDirectory()).isTrue();
    var below = context.list(directory.path()).getFirst();
    assertThat(text(context, below)).isEqualTo("d/e/f.txt");
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
    assertThat(text(context, entry)).isEqualTo("a.txt");
  }

  @Test
  void skips_sockets_and_takes_hard_links_as_files() throws IOException {
    Files.createLink(root.resolve("d/hard"), root.resolve("a.txt"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(root.resolve("d/socket")));
      assertThat(context(IgnoreFile.NONE).list("d"))
          .extracting(Entry::name, Entry::type)
          .containsExactly(
              tuple("e", Entry.Type.DIRECTORY),
              tuple("g.o", Entry.Type.FILE),
              tuple("hard", Entry.Type.FILE));
    }
  }

  @Test
  void has_a_digest_of_all_but_times() throws IOException {
    var before = digest(IgnoreFile.NONE);
    Files.setLastModifiedTime(root.resolve("d/g.o"), FileTime.from(Instant.EPOCH));
    assertThat(digest(IgnoreFile.NONE)).isEqualTo(before);
    assertThat(digest(IgnoreFile.parse("i", "d/g.o"))).isNotEqualTo(before);
    Files.setPosixFilePermissions(
        root.resolve("d/g.o"), PosixFilePermissions.fromString("rwx------"));
    var executable = digest(IgnoreFile.NONE);
    assertThat(executable).isNotEqualTo(before);
    Files.writeString(root.resolve("d/e/f.txt"), "D/e/f.txt");
    assertThat(digest(IgnoreFile.NONE)).isNotEqualTo(executable);
  }

  @Test
  void has_a_digest_of_names_in_their_order() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      Files.writeString(root.resolve("d/n%d".formatted(i)), "%d".formatted(i));
    }
    var before = digest(IgnoreFile.NONE);
    assertThat(digest(IgnoreFile.NONE)).isEqualTo(before);
    Files.writeString(root.resolve("d/n1"), "2");
    Files.writeString(root.resolve("d/n2"), "1");
    assertThat(digest(IgnoreFile.NONE)).isNotEqualTo(before);
  }

  @Test
  void refuses_what_is_no_directory() {
    assertThatThrownBy(() -> BuildContext.open(root.resolve("a.txt"), IgnoreFile.NONE))
        .hasMessageEndingWith("not a directory");
    assertThatThrownBy(() -> BuildContext.open(root.resolve("none"), IgnoreFile.NONE))
        .hasMessageEndingWith("no such file or directory");
  }

  private String names(IgnoreFile ignored, String source, boolean deep) throws IOException {
    return context(ignored).find(source, deep).stream()
        .map(FoundSource::named)
        .collect(Collectors.joining(" "));
  }

  private static String text(BuildContext context, Entry file) throws IOException {
    try (var content = context.open(file)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Digest digest(IgnoreFile ignored) throws IOException {
    var context = context(ignored);
    var named = context.find("d", false).getFirst().asNamed();
    return ContentDigest.of(context, List.of(ContentDigest.Item.of(named)), _ -> false);
  }

  private String listed(String ignored) throws IOException {
    return ContextListing.of(context(IgnoreFile.parse("i", ignored)));
  }

  private BuildContext context(IgnoreFile ignored) {
    return BuildContext.open(root, ignored);
  }
}
