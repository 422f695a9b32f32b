package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  /// What a refusal of the text on the left must say. `DIGEST` stands for a good digest.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"schemaVersion":2,"schemaVersion":2}                   | Duplicate field 'schemaVersion'
          {"config":{"size":1,"size":2}}                          | Duplicate field 'size'
          {"schemaVersion":2,"config":{"mediaType":"a/b","digest":"DIGEST","size":1}} {} | more follows the end
          {"schemaVersion":2                                      | Unexpected end-of-input
          {"schemaVersion":2,}                                    | line 1, column 20
          {'schemaVersion':2}                                     | Unexpected character
          // {"schemaVersion":2}                                  | Unexpected character
          {"schemaVersion":NaN}                                   | NaN
          null                                                    | the document is null
          []                                                      | read manifest: expected an object
          ""                                                      | read manifest: expected an object
          {"schemaVersion":"2"}                                   | "schemaVersion"
          {"schemaVersion":2.0}                                   | "schemaVersion"
          {"schemaVersion":null}                                  | "schemaVersion"
          {"schemaVersion":true}                                  | "schemaVersion"
          {"schemaVersion":99999999999}                           | "schemaVersion"
          {"schemaVersion":1}                                     | expected schemaVersion 2, found 1
          {}                                                      | "schemaVersion"
          {"schemaVersion":2}                                     | manifest: the field "config" is missing
          {"schemaVersion":2,"config":null}                       | manifest: the field "config" is missing
          {"schemaVersion":2,"config":{"digest":"DIGEST","size":1}} | the field "mediaType" is missing
          {"schemaVersion":2,"config":{"mediaType":"a/b","size":1}} | the field "digest" is missing
          {"schemaVersion":2,"config":{"mediaType":"a/b","digest":"DIGEST"}} | "config.size"
          {"schemaVersion":2,"config":{"mediaType":"a/b","digest":"DIGEST","size":-1}} | negative size
          {"schemaVersion":2,"config":{"mediaType":"a/b","digest":"DIGEST","size":1.5}} | "config.size"
          {"schemaVersion":2,"config":{"mediaType":"a/b","digest":"DIGEST","size":"1"}} | "config.size"
          {"schemaVersion":2,"config":{"mediaType":"a/b","digest":"../../etc","size":1}} | invalid digest "../../etc"
          {"schemaVersion":2,"config":{"mediaType":"a/b","digest":7,"size":1}} | "config.digest"
          {"schemaVersion":2,"config":{"mediaType":7,"digest":"DIGEST","size":1}} | "config.mediaType"
          {"schemaVersion":2                                      | expected close marker
          {"schemaVersion":2,"layers":{}}                         | "layers"
          {"schemaVersion":2,"layers":""}                         | "layers"
          {"schemaVersion":2,"layers":[null]}                     | "layers
          {"schemaVersion":2,"annotations":{"a":1}}               | "annotations.a"
          {"schemaVersion":2,"annotations":{"a":null}}            | "annotations
          {"schemaVersion":2,"annotations":["a"]}                 | "annotations"
          """)
  void refuses_what_two_readers_might_read_differently(String text, String named) {
    var bytes = text.replace("DIGEST", "sha256:" + "a".repeat(64)).getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Json.read(bytes, ImageManifest::from, "manifest"))
        .withMessageStartingWith("read manifest: ")
        .withMessageContaining(named)
        .withMessageNotContainingAny("java.", "dev.ocij", "\n", "Source")
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.INVALID);
  }

  @Test
  void refuses_deep_nesting() {
    var bytes = ("[".repeat(101) + "]".repeat(101)).getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Json.readTree(bytes, "manifest"))
        .withMessageContaining("nesting depth");
  }

  @Test
  void refuses_bytes_that_are_not_utf_8() {
    var bytes = new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'};
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Json.readTree(bytes, "manifest"))
        .withMessageContaining("UTF-8");
  }

  @Test
  void shows_foreign_keys_escaped() {
    var bytes = "{\"a\\u001b\":1,\"a\\u001b\":2}".getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Json.readTree(bytes, "manifest"))
        .withMessageContaining("a\\u001b")
        .withMessageNotContaining("\u001b");
  }

  @Test
  void passes_over_unknown_fields() {
    var read =
        Json.read(
            "{\"future\":[1,{}],\"type\":\"layers\"}".getBytes(StandardCharsets.UTF_8),
            RootFs::from,
            "rootfs");
    assertThat(read.diffIds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2024-02-29T12:00:00Z,                 2024-02-29T12:00:00Z
          2024-02-29T12:00:00.1Z,               2024-02-29T12:00:00.1Z
          2024-02-29T12:00:00.123456789Z,       2024-02-29T12:00:00.123456789Z
          2024-02-29T12:00:00.120000000Z,       2024-02-29T12:00:00.12Z
          2024-02-29T12:00:00+02:00,            2024-02-29T10:00:00Z
          2024-02-29T12:00:00.5-07:30,          2024-02-29T19:30:00.5Z
          0001-01-01T00:00:00Z,                 0001-01-01T00:00:00Z
          """)
  void writes_times_as_go_does(String read, String written) {
    var bytes = ('"' + read + '"').getBytes(StandardCharsets.UTF_8);
    var time = Json.read(bytes, Instant.class, "time");
    assertThat(Json.write(time)).asString().isEqualTo('"' + written + '"');
  }

  @ParameterizedTest
  @CsvSource({"''", "yesterday", "2024-02-29", "2024-02-29 12:00:00Z", "2023-02-29T12:00:00Z"})
  void refuses_other_times(String text) {
    var bytes = ("{\"created\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Json.read(bytes, History::from, "history"))
        .withMessageContaining("\"created\"")
        .withMessageContaining("RFC 3339");
  }

  @Test
  void writes_documents_only() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.write(new Object()));
  }
}
