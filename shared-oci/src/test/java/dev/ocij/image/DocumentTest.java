package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {
  private static final String OCI_MANIFEST = MediaType.OCI_MANIFEST.value();
  private static final String OCI_INDEX = MediaType.OCI_INDEX.value();

  /// Of `{"formatLength":18,"formatTail":"fQ"}`: the signed part is `{"schemaVersion":1}`.
  private static final String PROTECTED = "eyJmb3JtYXRMZW5ndGgiOjE4LCJmb3JtYXRUYWlsIjoiZlEifQ";

  /// In these tables, OM and OI stand for OCI's manifest and index, DM and DI for Docker's, D1 for
  /// schema 1.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"mediaType":"OM","config":{},"layers":[]}   | ``                         | OM
          {"mediaType":"DI","manifests":[]}            | ``                         | DI
          {"mediaType":"OM"}                           | OM                         | OM
          {"mediaType":"OM"}                           | OM; charset=utf-8          | OM
          {"mediaType":"DM"}                           | application/json           | DM
          {"mediaType":"DM"}                           | text/plain                 | DM
          {"mediaType":""}                             | OI                         | OI
          {"mediaType":null}                           | OI                         | OI
          {"config":{},"layers":[]}                    | DM                         | DM
          {"config":{},"layers":[]}                    | ``                         | OM
          {"manifests":[]}                             | ``                         | OI
          {"manifests":[]}                             | application/octet-stream   | OI
          {"schemaVersion":1,"fsLayers":[]}            | ``                         | D1+json
          {"schemaVersion":1,"signatures":[SIGNED]}    | ``                         | D1+prettyjws
          {"schemaVersion":1,"signatures":[SIGNED]}    | D1+prettyjws               | D1+prettyjws
          {"schemaVersion":1,"fsLayers":[]}            | D1+prettyjws               | D1+json
          {"mediaType":"application/x"}                | ``                         | application/x
          """)
  void takes_its_own_type_then_the_claim_then_the_fields(String text, String claimed, String type) {
    assertThat(Document.of(bytes(text), expand(claimed)).mediaType()).hasToString(expand(type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"mediaType":"OM"}                           | OI  | served as OI, but its mediaType is OM
          {"mediaType":"OI"}                           | OM  | served as OM, but its mediaType is OI
          {"mediaType":"DM"}                           | OM  | served as OM, but its mediaType is DM
          {"mediaType":"application/x"}                | OM  | served as OM, but its mediaType is application/x
          {"mediaType":"OM","manifests":[]}            | ``  | OM with the field "manifests", which it must not have
          {"mediaType":"DM","layers":[],"manifests":0} | ``  | DM with the field "manifests", which it must not have
          {"mediaType":"OM","Manifests":[]}            | ``  | OM with the field "Manifests", which it must not have
          {"mediaType":"OM","fsLayers":[]}             | ``  | OM with the field "fsLayers", which it must not have
          {"mediaType":"OI","layers":[]}               | ``  | OI with the field "layers", which it must not have
          {"mediaType":"DI","config":{}}               | ``  | DI with the field "config", which it must not have
          {"layers":[]}                                | OI  | OI with the field "layers", which it must not have
          {"manifests":[]}                             | DM  | DM with the field "manifests", which it must not have
          {"manifests":[],"layers":[]}                 | ``  | OI with the field "layers", which it must not have
          {"schemaVersion":1,"layers":[]}              | ``  | D1+json with the field "layers", which it must not have
          {"schemaVersion":1,"Manifests":[]}           | ``  | D1+json with the field "Manifests", which it must not have
          []                                           | ``  | expected an object
          "text"                                       | OM  | expected an object
          {"mediaType":"OM","mediaType":"OI"}          | ``  | Duplicate field 'mediaType'
          """)
  void refuses_to_be_two_things(String text, String claimed, String message) {
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Document.of(bytes(text), expand(claimed)))
        .withMessageStartingWith("read manifest: " + expand(message))
        .extracting(OciException::category)
        .isEqualTo(OciException.Category.INVALID);
  }

  @Test
  void holds_four_mebibytes_and_no_more() {
    var largest = bytes("{}" + " ".repeat(Json.LARGEST_DOCUMENT - 2));
    assertThat(Document.of(largest, OCI_MANIFEST).descriptor().size()).isEqualTo(4 << 20);
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> Document.of(new byte[Json.LARGEST_DOCUMENT + 1], ""))
        .withMessage("read manifest: it is larger than 4194304 bytes");
  }

  @Test
  void keeps_its_bytes() {
    var bytes = bytes("{ \"layers\" : [ ] , \"unknown\" : 1.0 }\n");
    var document = Document.of(bytes, OCI_MANIFEST);
    assertThat(document.bytes()).isEqualTo(bytes);
    assertThat(document.digest()).isEqualTo(Digest.of(bytes));
    assertThat(document.descriptor().digest()).isEqualTo(Digest.of(bytes));
    assertThat(document.descriptor().mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
  }

  @ParameterizedTest
  @CsvSource({"SHA256", "SHA512"})
  void is_verified_by_any_digest(Digest.Algorithm algorithm) {
    var document = Document.of(bytes("{}"), OCI_INDEX);
    var digest = Digest.from(algorithm, algorithm.newHash().digest(document.bytes()));
    assertThat(document.verified(digest)).isSameAs(document);
    var other = Digest.from(algorithm, algorithm.newHash().digest());
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> document.verified(other))
        .withMessage("read manifest: expected %s, got %s".formatted(other, digest));
  }

  private static byte[] bytes(String text) {
    return expand(text).getBytes(StandardCharsets.UTF_8);
  }

  private static String expand(String text) {
    return text.replace("SIGNED", "{\"protected\":\"" + PROTECTED + "\"}")
        .replace("OM", OCI_MANIFEST)
        .replace("OI", OCI_INDEX)
        .replace("DM", MediaType.DOCKER_MANIFEST.value())
        .replace("DI", MediaType.DOCKER_LIST.value())
        .replace("D1", "application/vnd.docker.distribution.manifest.v1");
  }
}
