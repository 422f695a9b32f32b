package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinarySizeTest {
  @ParameterizedTest
  @CsvSource({
    "0,                    0 B",
    "999,                  999 B",
    "1019,                 1020 B",
    "1024,                 1 KB",
    "1536,                 1.5 KB",
    "1029,                 1 KB",
    "1030,                 1.01 KB",
    "101836,               99.4 KB",
    "1023999,              1000 KB",
    "1048064,              1020 KB",
    "1048576,              1 MB",
    "4194304,              4 MB",
    "1099511627776,        1 TB",
    "9223372036854775807,  8390000 TB",
  })
  void shows_a_size_in_three_digits(long bytes, String shown) {
    assertThat(BinarySize.of(bytes)).isEqualTo(shown);
  }
}
