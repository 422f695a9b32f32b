package dev.ocij.buildah.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenLoginsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD https://u:p@h/a.git /      | ADD https://h/a.git /          | ADD https://***@h/a.git /
          ADD http://token@h /           | ADD http://h /                 | ADD http://*****@h /
          RUN curl "https://u:p@h/x" -o y | RUN curl "https://h/x" -o y   | RUN curl "https://***@h/x" -o y
          ADD https://h/a@b https://u@h / | ADD https://h/a@b https://h / | ADD https://h/a@b https://*@h /
          ADD git@h:a/b.git /            | ADD git@h:a/b.git /            | ADD git@h:a/b.git /
          RUN echo https:// a@b          | RUN echo https:// a@b          | RUN echo https:// a@b
          """)
  void are_in_no_line_that_is_shown(String line, String without, String masked) {
    assertThat(HiddenLogins.without(line)).isEqualTo(without);
    assertThat(HiddenLogins.masked(line)).isEqualTo(masked).hasSameSizeAs(line);
  }
}
