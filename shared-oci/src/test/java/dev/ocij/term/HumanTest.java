package dev.ocij.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0,             0 B
          999,           999 B
          1000,          1 kB
          4160,          4.16 kB
          1992345,       1.99 MB
          120000000,     120 MB
          2147483648,    2.15 GB
          100000,        100 kB
          1005,          1 kB
          1015,          1.02 kB
          99949,         99.9 kB
          99950,         100 kB
          99850,         99.8 kB
          999499,        999 kB
          999500,        1000 kB
          123456789,     123 MB
          9223372036854775807, 9.22 EB
          """)
  void shows_a_size_in_three_digits(long bytes, String shown) {
    assertThat(Human.size(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          PT0.2S,    Less than a second ago
          PT1S,      1 second ago
          PT59S,     59 seconds ago
          PT1M30S,   About a minute ago
          PT39M,     39 minutes ago
          PT1H10M,   About an hour ago
          PT47H,     47 hours ago
          PT72H,     3 days ago
          PT360H,    2 weeks ago
          PT2160H,   3 months ago
          PT26280H,  3 years ago
          """)
  void says_how_long_ago(Duration duration, String shown) {
    assertThat(Human.ago(duration)).isEqualTo(shown);
  }

  @Test
  void lines_up_the_columns_of_a_table() {
    var table = new Table().row("REPOSITORY", "TAG").row("localhost/foo", "latest");

    assertThat(table)
        .hasToString(
            """
            REPOSITORY      TAG
            localhost/foo   latest
            """);
  }
}
