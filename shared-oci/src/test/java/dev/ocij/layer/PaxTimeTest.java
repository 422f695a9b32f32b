package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaxTimeTest {
  @ParameterizedTest
  @CsvSource({
    "0,                     1970-01-01T00:00:00Z",
    "1,                     1970-01-01T00:00:01Z",
    "1.5,                   1970-01-01T00:00:01.5Z",
    "1700000000.123456789,  2023-11-14T22:13:20.123456789Z",
    "1700000000.00000001,   2023-11-14T22:13:20.00000001Z",
    "-1,                    1969-12-31T23:59:59Z",
    "-0.25,                 1969-12-31T23:59:59.75Z",
    "-1.000000001,          1969-12-31T23:59:58.999999999Z",
  })
  void a_time_there_and_back(String text, Instant time) {
    assertThat(PaxTime.parse(text)).isEqualTo(time);
    assertThat(PaxTime.format(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1.,                      1970-01-01T00:00:01Z",
    "-0,                      1970-01-01T00:00:00Z",
    "1.10,                    1970-01-01T00:00:01.1Z",
    "1.1234567899,            1970-01-01T00:00:01.123456789Z",
    "-0.0000000001,           1969-12-31T23:59:59.999999999Z",
    "-1.500000000000000000,   1969-12-31T23:59:58.5Z",
    "999999999999,            +33658-09-27T01:46:39Z",
  })
  void other_ways_to_write_it_are_understood_to_the_nanosecond_before(String text, Instant time) {
    assertThat(PaxTime.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".5",
        "+1",
        "1E9",
        "1,5",
        "0x1",
        " 1",
        "1234567890123",
        "0.0000000000000000001"
      })
  void what_is_no_time_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PaxTime.parse(text));
  }
}
