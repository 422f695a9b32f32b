package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReliabilityPageTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  @Test
  void names_tests_that_exist() throws IOException {
    var page = Files.readString(ProjectFolder.root().resolve("docs/reliability.md"));
    var named =
        TEST.matcher(page).results().map(result -> result.group(1)).collect(Collectors.toSet());
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(ProjectFolder.types("test"))
        .extracting(type -> type.substring(type.lastIndexOf('.') + 1))
        .containsAll(named);
    assertThat(page.lines().filter(line -> line.startsWith("| ")).skip(1))
        .allMatch(line -> TEST.matcher(line).results().map(MatchResult::group).count() > 0);
  }
}
