package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Schema 1 with signatures: what its digest is made of, and what is refused.
class SignedPayloadTest {
  private static final String PAYLOAD = "{\"schemaVersion\":1}";

  @Test
  void the_digest_is_that_of_what_is_signed() {
    var bytes = bytes("{\"schemaVersion\":1,\"signatures\":[" + signature(18, "}") + "]}");
    var document = Document.of(bytes, "application/json");
    assertThat(document.mediaType()).isEqualTo(MediaType.DOCKER_SCHEMA1_SIGNED);
    assertThat(document.bytes()).isEqualTo(bytes);
    assertThat(document.digest()).isEqualTo(Digest.of(bytes(PAYLOAD)));
    assertThat(document.verified(Digest.of(bytes(PAYLOAD)))).isSameAs(document);
    assertThatThrownBy(() -> document.verified(Digest.of(bytes)))
        .hasMessageContaining("expected " + Digest.of(bytes));
  }

  @Test
  void two_signatures_of_the_same_are_one() {
    var signature = signature(18, "}");
    var signed = "{\"schemaVersion\":1,\"signatures\":[%s,%s]}".formatted(signature, signature);
    assertThat(Document.of(bytes(signed), "").digest()).isEqualTo(Digest.of(bytes(PAYLOAD)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"schemaVersion":1,"signatures":[]}           | expected signatures that agree
          {"schemaVersion":1,"signatures":[18,17]}      | expected signatures that agree
          {"schemaVersion":1,"signatures":[999]}        | no length that can be
          {"schemaVersion":1,"signatures":[-1]}         | no length that can be
          {"schemaVersion":1,"tag":"x","signatures":[18]} | something else than what is signed
          {"schemaVersion":1,"signatures":[17]}         | signed manifest
          {"schemaVersion":1,"signatures":[{"protected":"***"}]} | not base64url
          {"schemaVersion":1,"signatures":[{}]}         | protected header
          {"schemaVersion":1,"signatures":[18],"fsLayers":[]} | something else than what is signed
          """)
  void what_is_not_covered_is_refused(String text, String found) {
    var signed =
        text.replace("[18]", "[" + signature(18, "}") + "]")
            .replace("[18,17]", "[" + signature(18, "}") + "," + signature(17, "}") + "]")
            .replace("[17]", "[" + signature(17, "") + "]")
            .replace("[999]", "[" + signature(999, "}") + "]")
            .replace("[-1]", "[" + signature(-1, "}") + "]");
    assertThatThrownBy(() -> Document.of(bytes(signed), ""))
        .isInstanceOfSatisfying(
            OciException.class,
            e -> assertThat(e.category()).isEqualTo(OciException.Category.INVALID))
        .hasMessageContaining(found);
  }

  private static String signature(int length, String tail) {
    var header = "{\"formatLength\":%d,\"formatTail\":\"%s\"}".formatted(length, base64(tail));
    return "{\"protected\":\"%s\"}".formatted(base64(header));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
