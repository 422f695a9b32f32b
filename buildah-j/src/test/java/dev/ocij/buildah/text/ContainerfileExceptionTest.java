package dev.ocij.buildah.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerfileExceptionTest {
  private static final Position AT = new Position(new SourceFile("C", "FROM x\n\tCOPPY a b\n"), 8);

  @Test
  void points_at_the_place() {
    var failure = new ContainerfileException(AT, "unknown instruction", "did you mean \"COPY\"?");
    assertThat(failure).hasMessage("C:2:2: unknown instruction; did you mean \"COPY\"?");
    assertThat(failure.at().excerpt())
        .isEqualTo(
            """
            C:2:2
               2 |     COPPY a b
                 |     ^\
            """);
  }

  @Test
  void shows_no_control_characters() {
    var at = new Position(new SourceFile("C", "RUN \u001b[31m"), 0);
    assertThat(at.excerpt()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          COPPY | did you mean "COPY"?
          form  | did you mean "FROM"?
          RNU   | did you mean "RUN"?
          xyzzy | known are COPY, FROM, RUN
          x     | known are COPY, FROM, RUN
          """)
  void suggests_what_was_meant(String typed, String suggestion) {
    assertThat(Closest.suggestion(typed, List.of("COPY", "FROM", "RUN"))).isEqualTo(suggestion);
  }

  @Test
  void a_letter_is_not_near_another() {
    assertThat(Closest.question("x", List.of("d"))).isEmpty();
    assertThat(Closest.question("x", List.of("d", "xs"))).isEqualTo("did you mean \"xs\"?");
  }
}
