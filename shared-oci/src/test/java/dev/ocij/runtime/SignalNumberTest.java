package dev.ocij.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalNumberTest {
  @ParameterizedTest
  @CsvSource({
    "TERM, 15",
    "SIGTERM, 15",
    "sigkill, 9",
    "9, 9",
    "HUP, 1",
    "USR1, 10",
    "SYS, 31",
    "RTMIN, 34",
    "SIGRTMIN+3, 37",
    "RTMAX-1, 63",
    "64, 64"
  })
  void reads_names_and_numbers(String text, int number) {
    assertThat(SignalNumber.parse(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NOPE", "0", "65", "RTMIN+40", "-1", "1.5"})
  void refuses_others(String text) {
    assertThatThrownBy(() -> SignalNumber.parse(text))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("invalid signal: \"");
  }
}
