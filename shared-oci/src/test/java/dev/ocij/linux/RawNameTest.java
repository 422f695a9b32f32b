package dev.ocij.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawNameTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          61,             a
          c3a4,           \u00e4
          f09f9880,       \ud83d\ude00
          efbfbd,         \ufffd
          61ff,           a\udcff
          ff61efbfbd,     \udcffa\ufffd
          eda080,         \udced\udca0\udc80
          """)
  void every_name_survives_the_way_through_a_string(String bytes, String name) {
    var raw = HexFormat.of().parseHex(bytes);
    assertThat(RawName.decode(raw)).isEqualTo(name);
    assertThat(RawName.encode(name)).isEqualTo(raw);
  }
}
