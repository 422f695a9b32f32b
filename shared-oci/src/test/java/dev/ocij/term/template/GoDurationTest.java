package dev.ocij.term.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          PT0S,       0s
          PT1S,       1s
          PT1.5S,     1.5s
          PT0.3S,     300ms
          PT0.0015S,  1.5ms
          PT0.000002S, 2µs
          PT0.000000007S, 7ns
          PT1M30S,    1m30s
          PT2H,       2h0m0s
          PT100S,     1m40s
          """)
  void is_written_as_go_writes_it_and_read_back(Duration duration, String text) {
    assertThat(GoDuration.text(duration)).isEqualTo(text);
    assertThat(GoDuration.parse(text)).isEqualTo(duration);
  }
}
