package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedTest {
  /// Backslashes in the table are Java's: each cell is unescaped before it is used.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain              | "plain"
          Größe 図 🦭         | "Größe 図 🦭"
          two\\nlines        | "two\\\\nlines"
          cr\\rtab\\t        | "cr\\\\rtab\\\\t"
          \\33[31mred        | "\\\\u001b[31mred"
          \\233c1            | "\\\\u009bc1"
          nul\\0             | "nul\\\\u0000"
          say \\"hi\\"       | "say \\\\\\"hi\\\\\\""
          back\\\\slash      | "back\\\\\\\\slash"
          end\\\\\\"         | "end\\\\\\\\\\\\\\""
          """)
  void shows_control_characters_as_escapes(String foreign, String shown) {
    assertThat(Quoted.of(foreign.translateEscapes())).isEqualTo(shown.translateEscapes());
  }

  /// Those that turn the reading direction, hide, or break lines where no `\n` stands.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          202e, right-to-left override
          2066, left-to-right isolate
          200b, zero width space
          200d, zero width joiner
          feff, byte order mark
          2028, line separator
          2029, paragraph separator
          d800, lone surrogate
          """)
  void shows_what_deceives_the_eye(String hex, String name) {
    var foreign = "a" + (char) Integer.parseInt(hex, 16) + "b";
    assertThat(Quoted.of(foreign)).as(name).isEqualTo("\"a\\u" + hex + "b\"");
  }

  @Test
  void cuts_long_text() {
    assertThat(Quoted.of("x".repeat(256))).isEqualTo("\"" + "x".repeat(256) + "\"");
    assertThat(Quoted.of("x".repeat(257))).isEqualTo("\"" + "x".repeat(256) + "…\"");
  }

  @Test
  void leaves_a_sentence_its_end() {
    var sentence = "x".repeat(1000) + "\nwhat helps";
    assertThat(Quoted.sentence(sentence)).endsWith("x\\nwhat helps\"").hasLineCount(1);
    assertThat(Quoted.sentence("x".repeat(1 << 20))).hasSizeLessThan(5000);
  }

  @Test
  void cuts_between_characters_not_inside_one() {
    assertThat(Quoted.escape("🦭".repeat(300))).isEqualTo("🦭".repeat(256) + "…");
  }
}
