package dev.ocij.buildah.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreFileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a                   | a       | true
          a                   | a/b/c   | true
          a                   | b/a     | false
          /a                  | a       | true
          a/                  | a       | true
          ./a/../b            | b       | true
          ` a `               | a       | true
          # a                 | # a     | false
          #a\\na              | a       | true
          *.o                 | x.o     | true
          *.o                 | d/x.o   | false
          */*.o               | d/x.o   | true
          **/*.o              | x.o     | true
          **/*.o              | a/b/x.o | true
          **/d                | a/d/f   | true
          x/**                | x/y     | true
          x/**                | x       | false
          a/**/b              | a/b     | true
          a/**/b              | a/x/y/b | true
          a/**/b              | a/x/y/c | false
          **                  | a/b     | true
          ?                   | a       | true
          ?                   | ab      | false
          [a-c]               | b       | true
          [^a-c]              | b       | false
          a\\n!a              | a       | false
          a\\n!a/b            | a/b     | false
          a\\n!a/b            | a/c     | true
          a\\n!a\\na          | a       | true
          a\\n! a             | a       | false
          !a\\na              | a       | true
          *\\n!d              | d/x     | false
          *\\n!d\\nd/x        | d/x     | true
          *\\n!**/k           | a/b/k   | false
          .                   | a       | false
          /                   | a       | false
          ..                  | a       | false
          ../a                | a       | false
          /../a               | a       | true
          b/..                | a       | false
          *\\n!.               | a       | true
          **k                 | k       | true
          **k                 | a/k     | true
          **k                 | ak      | true
          **k                 | a/bk    | true
          **.m[d]             | a.md    | false
          **.m[d]             | a/.md   | true
          **k/b               | a/ck/b  | true
          a/**k               | a/bk    | false
          a**b                | ab      | true
          a**b                | axb     | false
          a**b                | ax/y/b  | true
          a**/b               | ab      | true
          a**/b               | a/b     | true
          a\\\\**              | a*c     | true
          a\\\\**              | ac      | false
          a/**k               | a/b/k   | true
          a**                 | ab/c    | true
          a**                 | b/a     | false
          **/**/k             | a/b/k   | true
          //a//b              | a/b     | true
          \\\\!a                | !a      | true
          a b                 | a b     | true
          \\uFEFFa            | a       | true
          a\\r\\nb            | a       | true
          """)
  void the_last_pattern_that_matches_decides(String lines, String path, boolean ignored) {
    var text = lines.replace("\\uFEFF", "\uFEFF").translateEscapes();
    assertThat(IgnoreFile.parse("i", text).ignores(path)).isEqualTo(ignored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          node_modules               | node_modules | true
          node_modules\\n!src        | node_modules | true
          node_modules\\n!**/keep    | node_modules | false
          a\\n!a/b/c                 | a            | false
          a\\n!a/b/c                 | a/b          | false
          a\\n!a/b/c                 | a/x          | true
          a\\n!*/b                   | a            | false
          a\\n!a*/b/**               | a/b          | false
          b                          | a            | false
          """)
  void tells_which_directories_need_no_look(String lines, String directory, boolean prunes) {
    var file = IgnoreFile.parse("i", lines.translateEscapes());
    assertThat(file.ignoresAllOf(directory)).isEqualTo(prunes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "[", "a/[b", "x\\", "a**b[", "a**b**c**d**e**f**g**h"})
  void refuses_patterns_that_break_the_rules(String line) {
    assertThatThrownBy(() -> IgnoreFile.parse("i", "ok\n" + line))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("i:2: invalid pattern ");
  }

  @Test
  void needs_no_more_than_pattern_times_path() {
    var file = IgnoreFile.parse("i", "**/*/".repeat(100) + "b");
    assertThat(file.ignores("a/".repeat(1_000) + "a")).isFalse();
    assertThat(file.ignores("a/".repeat(1_000) + "b")).isTrue();
  }

  @Test
  void takes_the_first_file_that_exists(@TempDir Path folder) throws IOException {
    var context = Files.createDirectory(folder.resolve("context"));
    var containerfile = folder.resolve("Build");
    assertThat(IgnoreFile.find(containerfile, context)).isEmpty();
    for (var name :
        new String[] {
          "context/.dockerignore",
          "context/.containerignore",
          "Build.containerignore",
          "Build.dockerignore"
        }) {
      var file = Files.createFile(folder.resolve(name));
      assertThat(IgnoreFile.find(containerfile, context)).contains(file);
    }
  }
}
