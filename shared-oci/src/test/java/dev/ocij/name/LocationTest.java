package dev.ocij.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ocij.spec.OciException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          docker://alpine:3.20,           docker,         //alpine:3.20
          oci:/tmp/layout:tag,            oci,            /tmp/layout:tag
          dir:relative,                   dir,            relative
          docker-archive:/a.tar:n:t,      docker-archive, /a.tar:n:t
          dir:,                           dir,            ''
          """)
  void splits_at_the_first_colon(String typed, String transport, String rest) {
    assertThat(Location.parse(typed)).isEqualTo(new Location(transport, rest)).hasToString(typed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alpine", "/tmp/layout", ":alpine"})
  void refuses_a_name_without_a_transport(String typed) {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Location.parse(typed))
        .withMessageContaining("transport:reference")
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.USAGE);
  }
}
