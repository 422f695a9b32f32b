package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the page promises is held by tests that exist.
class ReliabilityPageTest {
  /// A class of tests, perhaps with one of them.
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

  private static final Pattern HEAD = Pattern.compile("\\|[-|]+\\|");
  private static final Pattern NUMBER = Pattern.compile("CVE-\\d{4}-\\d{4,}");

  private String page;

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(ProjectFolder.root().resolve("docs/reliability.md"));
  }

  @Test
  void names_tests_that_exist() throws IOException {
    var sources = sources();
    var named = TEST.matcher(page).results().toList();
    assertThat(named).hasSizeGreaterThan(120);
    for (var test : named) {
      assertThat(sources).containsKey(test.group(1));
      if (test.group(2) != null) {
        assertThat(sources.getOrDefault(test.group(1), List.of()))
            .as(test.group())
            .anyMatch(source -> source.contains("void " + test.group(2) + "("));
      }
    }
  }

  @Test
  void names_a_test_in_each_row() {
    var lines = page.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      boolean head =
          HEAD.matcher(line).matches()
              || (i + 1 < lines.size() && HEAD.matcher(lines.get(i + 1)).matches());
      if (line.startsWith("|") && !head) {
        assertThat(TEST.matcher(line).find()).as(line).isTrue();
      }
    }
  }

  @Test
  void names_each_flaw_once() {
    var numbers = NUMBER.matcher(page).results().map(found -> found.group()).toList();
    assertThat(numbers).hasSizeGreaterThan(80).doesNotHaveDuplicates();
  }

  /// By simple name; several classes of one name stand for one another.
  private static Map<String, List<String>> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ProjectFolder.root())) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*Test\\.java"))
          .collect(
              Collectors.groupingBy(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Collectors.mapping(ReliabilityPageTest::text, Collectors.toList())));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + file, e);
    }
  }
}
