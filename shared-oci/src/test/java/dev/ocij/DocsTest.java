package dev.ocij;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the pages of the project point at is there.
class DocsTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)(?:#[^)]*)?\\)");
  private static final Pattern TYPE = Pattern.compile("`(?:dev\\.ocij\\.)?([a-z.]+\\.[A-Z]\\w+)");

  @ParameterizedTest
  @MethodSource("pages")
  void links_lead_somewhere(Path page) throws IOException {
    assertThat(found(LINK, page))
        .allMatch(link -> Files.exists(page.resolveSibling(link)), "leads somewhere");
  }

  @Test
  void the_types_of_the_architecture_page_exist() throws IOException {
    var named = found(TYPE, ProjectFolder.root().resolve("docs/architecture.md"));
    assertThat(named).hasSizeGreaterThan(10);
    var types = ProjectFolder.types("main");
    assertThat(named).allMatch(type -> types.stream().anyMatch(each -> each.endsWith("." + type)));
  }

  @Test
  void the_index_of_decisions_lists_each_under_its_title() throws IOException {
    var folder = ProjectFolder.root().resolve("docs/decisions");
    var listed = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(folder, "0*.md")) {
      for (var file : files) {
        var title = Files.readAllLines(file).getFirst().split("[ .]+", 3);
        listed.add("%s. [%s](%s)".formatted(title[1], title[2], file.getFileName()));
      }
    }
    assertThat(Files.readAllLines(folder.resolve("README.md")))
        .filteredOn(line -> line.contains("]("))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  static List<Path> pages() throws IOException {
    var root = ProjectFolder.root();
    try (var docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "Containerfiles/README.md")
                  .map(root::resolve),
              docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  private static List<String> found(Pattern pattern, Path page) throws IOException {
    return pattern
        .matcher(Files.readString(page))
        .results()
        .map(result -> result.group(1))
        .distinct()
        .toList();
  }
}
