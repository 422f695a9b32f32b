package dev.ocij.skopeo.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionConstraintTest {
  private static final String TAGS =
      "0.9.0 1.0.0 v1.0.3 1.1.0 1.2 2.0.0-rc.1 2.0.0 2.3.4 3.0.0 latest 1.0.0.1";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          1.0.0              ; 1.0.0
          = 1.0              ; 1.0.0 v1.0.3
          1.x                ; 1.0.0 v1.0.3 1.1.0 1.2
          *                  ; 0.9.0 1.0.0 v1.0.3 1.1.0 1.2 2.0.0 2.3.4 3.0.0
          != 1               ; 0.9.0 2.0.0 2.3.4 3.0.0
          > 1.0.3, < 2.3.4   ; 1.1.0 1.2 2.0.0
          >=1.0.3 <1.2       ; v1.0.3 1.1.0
          ~1.0               ; 1.0.0 v1.0.3
          ~1                 ; 1.0.0 v1.0.3 1.1.0 1.2
          ^1.0.3             ; v1.0.3 1.1.0 1.2
          ^0.9               ; 0.9.0
          1.1 - 2            ; 1.1.0 1.2 2.0.0 2.3.4
          <1 || >=3          ; 0.9.0 3.0.0
          >=2.0.0-rc.0 <2.1  ; 2.0.0-rc.1 2.0.0
          > 2                ; 3.0.0
          """)
  void chooses_tags(String constraint, String chosen) {
    var parsed = VersionConstraint.parse(constraint);
    assertThat(Stream.of(TAGS.split(" ")).filter(parsed::accepts).toList())
        .containsExactly(chosen.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", ">", "1.0 ?", ">> 1"})
  void refuses_what_is_none(String constraint) {
    assertThatThrownBy(() -> VersionConstraint.parse(constraint))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("improper constraint");
  }
}
