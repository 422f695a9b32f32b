package dev.ocij.buildah.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          abc       | abc    | true
          abc       | abcd   | false
          *         | ``     | true
          *c        | abc    | true
          a*        | a      | true
          a*b*c     | axbxxc | true
          a*b*c     | axbxx  | false
          **.go     | x.go   | true
          ?         | a      | true
          ?         | ``     | false
          a?c       | abc    | true
          [ab]      | b      | true
          [a-c]x    | bx     | true
          [a-c]x    | dx     | false
          [^a-c]x   | dx     | true
          [^a-c]x   | bx     | false
          [\\]]     | ]      | true
          [\\-a]    | -      | true
          \\*       | *      | true
          \\*       | x      | false
          a\\b      | ab     | true
          ]         | ]      | true
          ?         | 😀     | true
          [😀-😃]   | 😁     | true
          *😀       | a😀    | true
          [!b]      | !      | true
          [!b]      | a      | false
          """)
  void matches_as_go_does(String pattern, String name, boolean matches) {
    assertThat(Glob.parse(pattern).orElseThrow().matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[a", "[]", "[]a]", "[-]", "[a-]", "[^]", "\\", "a[b\\", "[x-"})
  void refuses_what_go_refuses(String pattern) {
    assertThat(Glob.parse(pattern)).isEmpty();
  }

  @Test
  void needs_no_more_than_pattern_times_name() {
    var glob = Glob.parse("*a".repeat(1_000) + "b").orElseThrow();
    assertThat(glob.matches("a".repeat(10_000))).isFalse();
  }
}
