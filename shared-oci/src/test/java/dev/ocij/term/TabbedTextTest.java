package dev.ocij.term;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TabbedTextTest {
  /// A slash is the end of a line, a comma a tab.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain/                    | plain/
          a,b/                      | a           b/
          a,b,c/more than 12,x/     | a             b           c/more than 12  x/
          a,/                       | a           /
          """)
  void cells_stand_in_columns(String text, String aligned) {
    assertThat(TabbedText.aligned(text.replace(',', '\t').replace('/', '\n')))
        .isEqualTo(aligned.replace('/', '\n'));
  }
}
