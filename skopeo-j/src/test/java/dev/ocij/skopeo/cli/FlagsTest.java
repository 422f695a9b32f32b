package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each flag of each command is known, and docs/compatibility.md lists those that say they are not
/// implemented yet.
class FlagsTest {
  private static final Pattern LATER =
      Pattern.compile("msg=\"(--[^\"]+?) is not implemented yet\"");

  /// @param line fails whatever flag is added
  private record Given(String line, String flag) {
    Outcome outcome() {
      var words = Stream.concat(Stream.of(line.split(" ")), Stream.of(flag));
      return SkopeoLine.run(words.toArray(String[]::new));
    }

    /// The command in the line: the first word that is no option.
    String command() {
      return Stream.of(line.split(" ")).filter(word -> !word.startsWith("-")).findFirst().get();
    }
  }

  @Test
  void all_are_known_and_none_is_passed_over() throws IOException {
    var later = new TreeSet<String>();
    for (var given : flags()) {
      var outcome = given.outcome();
      assertThat(outcome.stderr())
          .as(outcome.command().toString())
          .contains("level=fatal")
          .doesNotContain("unknown flag", "unknown shorthand flag");
      assertThat(outcome.status()).as(outcome.command().toString()).isNotZero();
      LATER
          .matcher(outcome.stderr())
          .results()
          .forEach(found -> later.add(given.command() + " " + found.group(1)));
    }
    assertThat(later)
        .containsExactlyInAnyOrderElementsOf(
            CompatibilityPage.read().lines("Options that are not implemented yet"));
  }

  private static List<Given> flags() throws IOException {
    var all = new ArrayList<Given>();
    var line = "";
    for (var text : text()) {
      if (text.startsWith("[")) {
        line = text.substring(1, text.length() - 1);
      } else if (text.startsWith("-")) {
        all.add(new Given(line, text));
      }
    }
    assertThat(all).hasSizeGreaterThan(150);
    return all;
  }

  private static List<String> text() throws IOException {
    try (var in = FlagsTest.class.getResourceAsStream("flags.txt")) {
      var bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
