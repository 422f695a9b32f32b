package dev.ocij.skopeo.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagFilterTest {
  private static final List<String> TAGS =
      List.of("latest", "1.0.0", "1.9.0", "1.9", "1.10.0", "v1.10.0", "2.0.0-rc.1", "nightly-7");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ^$          ;   ; latest 1.0.0 1.9.0 1.9 1.10.0 v1.10.0 2.0.0-rc.1 nightly-7
          rc|nightly  ;   ; latest 1.0.0 1.9.0 1.9 1.10.0 v1.10.0
          ^1          ;   ; latest v1.10.0 2.0.0-rc.1 nightly-7
          ^$          ; 1 ; 1.10.0 v1.10.0
          ^$          ; 2 ; 1.9.0 1.9 1.10.0 v1.10.0
          ^v          ; 9 ; 1.0.0 1.9.0 1.9 1.10.0
          .           ; 1 ;
          """)
  void leaves_out_what_matches_and_then_takes_the_newest_releases(
      String excluded, Integer latest, String wanted) {
    var filter =
        new TagFilter(TagPattern.parse(excluded).asPredicate(), Optional.ofNullable(latest));
    assertThat(String.join(" ", filter.of(TAGS))).isEqualTo(wanted == null ? "" : wanted);
  }

  @Test
  void a_pattern_that_is_none_is_refused() {
    assertThatThrownBy(() -> TagPattern.parse("["))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("invalid pattern of tags \"[\"");
  }
}
