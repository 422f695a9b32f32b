package dev.ocij.buildah.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Words of lines that no shell reads.
class PlainWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ` `             | ``
          a  b            | a,b
          'a b' "c d"e    | a b,c de
          a\\ b \\"c      | a b,"c
          '\\' "\\"" ''   | \\,",
          $a "$b" *       | $a,$b,*
          dir:{A}={B}     | dir:{A}={B}
          """)
  void quotes_keep_together_and_vanish(String text, String words) {
    assertThat(String.join(",", PlainWords.of(text))).isEqualTo(words);
  }
}
