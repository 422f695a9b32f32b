package dev.ocij.term.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoLayoutTest {
  private static final OffsetDateTime MOMENT = OffsetDateTime.parse("2024-02-03T04:05:06.07Z");
  private static final OffsetDateTime AFTERNOON = OffsetDateTime.parse("2023-11-13T23:45:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      textBlock =
          """
          2006-01-02T15:04:05Z07:00      → 2024-02-03T04:05:06Z
          Mon Jan _2 15:04:05 2006       → Sat Feb  3 04:05:06 2024
          Mon Jan _2 15:04:05 MST 2006   → Sat Feb  3 04:05:06 UTC 2024
          02 Jan 06 15:04 -0700          → 03 Feb 24 04:05 +0000
          Monday, January 2 3:04PM       → Saturday, February 3 4:05AM
          3:4:5 pm 03 1/2 __2 002 _2006  → `4:5:6 am 04 2/3  34 034 _2024`
          -07 -07:00 -070000 -07:00:00   → +00 +00:00 +000000 +00:00:00
          Z07 Z0700 Z070000 Z07:00:00    → Z Z Z Z
          05.000 05,0 05.999 05.99999    → 06.070 06,0 06.07 06.07
          .000000000000 .0001            → .070000000000 .0002
          Month Mondays Janet 'x'        → Month Saturdays Janet 'x'
          """)
  void writes_moments_as_go_does(String layout, String written) {
    assertThat(GoLayout.format(layout, MOMENT)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          3:04PM 15h       → 11:45PM 23h
          _2 __2 Jan       → 13 317 Nov
          05.999 05.9      → 00 00
          """)
  void writes_those_of_two_digits(String layout, String written) {
    assertThat(GoLayout.format(layout, AFTERNOON)).isEqualTo(written);
  }
}
