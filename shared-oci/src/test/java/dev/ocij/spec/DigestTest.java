package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final String OF_EMPTY_OBJECT =
      "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

  @Test
  void is_the_hash_of_the_bytes() {
    assertThat(Digest.of("{}".getBytes(StandardCharsets.US_ASCII)))
        .hasToString("sha256:" + OF_EMPTY_OBJECT);
  }

  @ParameterizedTest
  @CsvSource({"sha256, 64", "sha512, 128"})
  void reads_its_own_text(String algorithm, int length) {
    var text = algorithm + ":" + "0a".repeat(length / 2);
    assertThat(Digest.parse(text)).hasToString(text);
  }

  @Test
  void shortens_to_twelve_digits() {
    assertThat(Digest.parse("sha256:" + OF_EMPTY_OBJECT).shortHex()).isEqualTo("44136fa355b3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "sha256",
        "sha256:",
        "sha256:44136fa3",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "SHA256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "sha256:44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A",
        "sha512:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n",
        "sha256:../../../../../../../../../../../../../../../../../../etc/shadow",
        "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a/../x",
      })
  void refuses_what_could_not_stand_in_a_path(String text) {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Digest.parse(text))
        .withMessageStartingWith("invalid digest " + Quoted.of(text))
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.INVALID);
  }
}
