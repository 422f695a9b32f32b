package dev.ocij.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.image.Document;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Authority;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.PolicyFile;
import dev.ocij.trust.Requirement;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignedIdentity;
import dev.ocij.trust.TrustedSigner;
import dev.ocij.trust.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigstoreFormatTest {
  private static final SigstoreKeyPair KEYS = SigstoreKeyPair.generate();
  private static final SigstoreKeyPair OTHER_KEYS = SigstoreKeyPair.generate();
  private static final Passphrase SECRET = Passphrase.of("grüße");
  private static final SigstoreSigner SIGNER = signer(KEYS);
  private static final Document MANIFEST = Candidates.manifest("a");

  @Test
  void accepts_a_signature_by_any_of_the_keys() {
    assertThat(verdict(KEYS, List.of(signed()))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void accepts_several_signatures_of_which_one_is_good() {
    var bad = signer(OTHER_KEYS).sign(MANIFEST, Candidates.NAME);

    assertThat(verdict(KEYS, List.of(bad, signed()))).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void rejects_an_image_without_a_signature() {
    assertThat(reason(List.of())).isEqualTo("A signature was required, but no signature exists");
  }

  @Test
  void tells_why_each_of_several_signatures_does_not_count() {
    var foreign = signer(OTHER_KEYS).sign(MANIFEST, Candidates.NAME);
    var moved = SIGNER.sign(Candidates.manifest("b"), Candidates.NAME);

    assertThat(reason(List.of(foreign, moved)))
        .startsWith("None of the signatures were accepted, reasons: cryptographic")
        .contains("; Signature for digest sha256:");
  }

  @Test
  void looks_at_no_more_than_a_hundred_signatures() {
    assertThat(reason(Collections.nCopies(101, signed()))).contains("101 signatures");
  }

  @Test
  void rejects_a_payload_that_is_too_large() {
    var huge = new Signature.Sigstore(Signature.Sigstore.PAYLOAD_TYPE, new byte[5 << 20], Map.of());

    assertThat(reason(List.of(huge))).contains("larger than");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          registry.example/team/app:2 | matchExact
          registry.example/team/app:2 | matchRepoDigestOrExact
          registry.example/team/app   | matchRepoDigestOrExact
          registry.example/team/app   | matchExact
          registry.example/team/other:1 | matchRepository
          not a name                  | matchRepository
          ``                          | matchRepository
          """)
  void rejects_a_signature_for_another_name(String signed, String kind) {
    var identity =
        switch (kind) {
          case "matchExact" -> new SignedIdentity.MatchExact();
          case "matchRepository" -> new SignedIdentity.MatchRepository();
          default -> new SignedIdentity.MatchRepoDigestOrExact();
        };
    var verdict = verdict(KEYS, List.of(SIGNER.sign(MANIFEST, signed)), identity);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            no ->
                assertThat(no.reason())
                    .isEqualTo("Signature for identity \"%s\" is not accepted".formatted(signed)));
  }

  @Test
  void rejects_an_altered_payload() {
    var good = signed();
    var payload = good.payload().clone();
    payload[payload.length - 3] ^= 1;

    assertThat(
            reason(List.of(new Signature.Sigstore(good.mediaType(), payload, good.annotations()))))
        .startsWith("cryptographic signature verification failed, by sha256:");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',       cryptographic signature verification failed
          '!',      not base64
          'AAAA',   cryptographic signature verification failed
          MAYCAQACAQA=, cryptographic signature verification failed
          """)
  void rejects_what_is_no_signature(String base64, String reason) {
    var broken =
        new Signature.Sigstore(
            Signature.Sigstore.PAYLOAD_TYPE,
            signed().payload(),
            Map.of(Signature.Sigstore.SIGNATURE_ANNOTATION, base64));

    assertThat(reason(List.of(broken))).contains(reason);
  }

  @Test
  void rejects_another_payload_type_and_a_missing_signature() {
    var good = signed();

    assertThat(
            reason(
                List.of(new Signature.Sigstore("text/plain", good.payload(), good.annotations()))))
        .contains("unsupported payload type \"text/plain\"");
    assertThat(reason(List.of(new Signature.Sigstore(good.mediaType(), good.payload(), Map.of()))))
        .contains("missing dev.cosignproject.cosign/signature annotation");
  }

  @Test
  void writes_both_keys_once(@TempDir Path folder) throws IOException {
    var prefix = folder.resolve("key");
    KEYS.write(prefix, SECRET);

    assertThat(mode(folder.resolve("key.private"))).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("key.pub"))).isEqualTo("rw-r--r--");
    assertThatThrownBy(() -> OTHER_KEYS.write(prefix, SECRET))
        .hasMessageContaining("exists already");
    SigstoreSigner.read(folder.resolve("key.private"), SECRET, Clock.systemUTC());
  }

  @Test
  void refuses_a_key_that_is_too_weak_and_names_its_size() {
    var weak = Authority.key("RSA1024");

    assertThatThrownBy(() -> KeyAlgorithm.publicKey(weak.getPublic().getEncoded()))
        .isInstanceOf(OciException.class)
        .hasMessageEndingWith("RSA of at least 2048 bits, got an RSA key of 1024 bits");
    assertThatThrownBy(() -> KeyAlgorithm.privateKey(weak.getPrivate().getEncoded()))
        .hasMessageContaining("1024 bits");
  }

  @Test
  void refuses_a_wrong_passphrase() {
    var pem = KEYS.privatePem(SECRET).getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> SigstoreSigner.parse(pem, Passphrase.of("x"), Clock.systemUTC()))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("the passphrase is wrong");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"kdf":{"name":"scrypt","params":{"N":65537,"r":8,"p":1},"salt":"AAAA"},"cipher":{"name":"nacl/secretbox","nonce":"AAAA"},"ciphertext":"AAAA"} | out of bounds
          {"kdf":{"name":"scrypt","params":{"N":1073741824,"r":8,"p":1},"salt":"AAAA"},"cipher":{"name":"nacl/secretbox","nonce":"AAAA"},"ciphertext":"AAAA"} | out of bounds
          {"kdf":{"name":"scrypt","params":{"N":2,"r":0,"p":1},"salt":"AAAA"},"cipher":{"name":"nacl/secretbox","nonce":"AAAA"},"ciphertext":"AAAA"} | out of bounds
          {"kdf":{"name":"scrypt","params":{"N":2,"r":8,"p":1},"salt":"AAAA"},"cipher":{"name":"nacl/secretbox","nonce":"AAAA"},"ciphertext":"AAAA"} | nonce
          {"kdf":{"name":"pbkdf2","params":{"N":2,"r":8,"p":1},"salt":"AAAA"},"cipher":{"name":"nacl/secretbox","nonce":"AAAA"},"ciphertext":"AAAA"} | only scrypt
          {"kdf":{"name":"scrypt"},"cipher":{"name":"nacl/secretbox"},"ciphertext":"AAAA"} | "params" is missing
          {"ciphertext":"AAAA"} | "kdf" is missing
          """)
  void refuses_a_private_key_file_it_cannot_trust(String json, String reason) {
    var pem = new Pem(SigningKey.PEM_TYPE, json.getBytes(StandardCharsets.UTF_8)).toText();

    assertThatThrownBy(() ->
            SigstoreSigner.parse(
                pem.getBytes(StandardCharsets.US_ASCII), SECRET, Clock.systemUTC()))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(reason);
  }

  private static Signature.Sigstore signed() {
    return SIGNER.sign(MANIFEST, Candidates.NAME);
  }

  private static SigstoreSigner signer(SigstoreKeyPair keys) {
    var pem = keys.privatePem(SECRET).getBytes(StandardCharsets.US_ASCII);
    return SigstoreSigner.parse(pem, SECRET, Clock.systemUTC());
  }

  private static String reason(List<? extends Signature> signatures) {
    return ((Verdict.Rejected) verdict(KEYS, signatures)).reason();
  }

  private static Verdict verdict(SigstoreKeyPair keys, List<? extends Signature> signatures) {
    return verdict(keys, signatures, new SignedIdentity.MatchRepoDigestOrExact());
  }

  private static Verdict verdict(
      SigstoreKeyPair keys, List<? extends Signature> signatures, SignedIdentity identity) {
    var data = List.of(keys.publicPem().getBytes(StandardCharsets.US_ASCII));
    var requirement =
        new Requirement.SigstoreSigned(TrustedSigner.Keys.of(KeySource.ofData(data)), identity);
    var policy =
        new PolicyFile(
            List.of(requirement), Map.of(), List.of(new SigstoreFormat(Clock.systemUTC())));
    return policy.evaluate(Candidates.of(Candidates.NAME, MANIFEST, List.copyOf(signatures)));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
