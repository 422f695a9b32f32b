package dev.ocij.buildah.life;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeysTest {
  /// Typed pieces are separated by a bar; `^` is ctrl-p, `$` is ctrl-q.
  @ParameterizedTest
  @CsvSource({
    "'ab', 'ab', false",
    "'a^$b', 'a', true",
    "'a^|$', 'a', true",
    "'^a', '^a', false",
    "'^^$', '^', true",
    "'^|^|a', '^^a', false",
    "'$^', '$', false"
  })
  void holds_back_what_may_be_the_keys(String typed, String passed, boolean complete) {
    var keys = DetachKeys.usual();
    var through = new StringBuilder();
    for (var piece : typed.split("\\|")) {
      var bytes = piece.replace('^', (char) 16).replace('$', (char) 17).getBytes(US_ASCII);
      through.append(new String(keys.pass(bytes, bytes.length), US_ASCII));
    }
    assertThat(through.toString().replace((char) 16, '^').replace((char) 17, '$'))
        .isEqualTo(passed);
    assertThat(keys.isComplete()).isEqualTo(complete);
  }

  @Test
  void may_be_none_or_a_single_one() {
    var none = DetachKeys.parse("");
    assertThat(none.pass(new byte[] {16, 17}, 2)).containsExactly(16, 17);
    var one = DetachKeys.parse("ctrl-@");
    assertThat(one.pass(new byte[] {1, 0, 2}, 3)).containsExactly(1);
    assertThat(one.isComplete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ctrl-", "ctrl-ab", "ab", "a,,b", "ctrl-1"})
  void refuses_what_is_no_key(String text) {
    assertThatThrownBy(() -> DetachKeys.parse(text))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("invalid detach keys");
  }
}
