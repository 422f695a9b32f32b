package dev.ocij.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.trust.Authority;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat.Verifier;
import dev.ocij.trust.TrustedSigner;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An attached signature of somebody without a key, by a trusted root: what vouches for it stands
/// in annotations.
class LegacyKeylessTest {
  private final SigstoreRig rig = new SigstoreRig();

  @Test
  void what_annotations_vouch_for_is_believed() {
    var claim = verifier().verify(signature(Map.of()));
    assertThat(claim.key()).isEqualTo("signer@example.test (https://issuer.example.test)");
    assertThat(claim.dockerReference()).isEqualTo(Candidates.NAME);
  }

  @Test
  void what_they_do_not_vouch_for_is_refused() {
    assertRefused(Map.of(SigstoreFormat.TIMESTAMP, "{}"), "malformed timestamp");
    assertRefused(Map.of(SigstoreFormat.TIMESTAMP, "x"), "malformed timestamp");
    assertRefused(
        Map.of(SigstoreFormat.TIMESTAMP, timestamp(new byte[1])), "timestamp of other bytes");
    assertRefused(Map.of(SigstoreFormat.CERTIFICATE, ""), "Signature has no certificate");
    assertRefused(Map.of(SigstoreFormat.LOG_ENTRY, ""), "no entry of a transparency log");
    rig.signed = rig.from.minusSeconds(1);
    assertRefused(Map.of(), "is not valid before");
  }

  private void assertRefused(Map<String, String> annotations, String reason) {
    assertThatThrownBy(() -> verifier().verify(signature(annotations)))
        .isInstanceOf(BadSignatureException.class)
        .hasMessageContaining(reason);
  }

  private Verifier<Signature.Sigstore> verifier() {
    var root = KeySource.ofData(List.of(Json.write(rig.trustedRoot())));
    return new SigstoreFormat(Clock.systemUTC())
        .verifier(new TrustedSigner.Keyless(root, SigstoreRig.ISSUER, SigstoreRig.EMAIL));
  }

  /// @param changed annotations; those without text are not there
  private Signature.Sigstore signature(Map<String, String> changed) {
    var key = Authority.key("EC");
    var certificate = rig.certificate(key.getPublic());
    var payload = new Forgery().payload();
    var signed = Forgery.sign(key, payload);
    var all = new HashMap<String, String>();
    all.put(Signature.Sigstore.SIGNATURE_ANNOTATION, Base64.getEncoder().encodeToString(signed));
    all.put(SigstoreFormat.CERTIFICATE, Authority.pem(certificate));
    all.put(SigstoreFormat.LOG_ENTRY, entry(payload, signed, certificate));
    all.put(SigstoreFormat.TIMESTAMP, timestamp(signed));
    all.putAll(changed);
    all.values().removeIf(String::isEmpty);
    return new Signature.Sigstore(Signature.Sigstore.PAYLOAD_TYPE, payload, all);
  }

  private String timestamp(byte[] content) {
    return "{\"SignedRFC3161Timestamp\":\"%s\"}"
        .formatted(Base64.getEncoder().encodeToString(rig.timestamp(content)));
  }

  private String entry(byte[] payload, byte[] signed, X509Certificate certificate) {
    var base64 = Base64.getEncoder();
    var pem = Authority.pem(certificate).getBytes(StandardCharsets.UTF_8);
    var body =
        """
        {"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256",\
        "value":"%s"}},"signature":{"content":"%s","publicKey":{"content":"%s"}}}}\
        """
            .formatted(
                Digest.of(payload).hex(), base64.encodeToString(signed), base64.encodeToString(pem))
            .getBytes(StandardCharsets.UTF_8);
    var entry = new LinkedHashMap<String, Object>();
    entry.put("body", base64.encodeToString(body));
    entry.put("integratedTime", rig.signed.getEpochSecond());
    entry.put("logIndex", 9);
    entry.put("logID", HexFormat.of().formatHex(SigstoreRig.id(rig.log)));
    var whole = Map.of("SignedEntryTimestamp", rig.promise(body, 9), "Payload", entry);
    return new String(Json.write(whole), StandardCharsets.UTF_8);
  }
}
