package dev.ocij.trust.notation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.image.Document;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Authority;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.NotaryRules;
import dev.ocij.trust.PolicyFile;
import dev.ocij.trust.PolicyFiles;
import dev.ocij.trust.Signature;
import dev.ocij.trust.TrustedSigner;
import dev.ocij.trust.sigstore.SigstoreServers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One good envelope, and what becomes of it by each change: refused, and for this reason. `-`
/// means that it counts.
class NotationFormatTest {
  private static final Document MANIFEST = Candidates.manifest("a");
  private static final Authority ROOT = Authority.root("root");
  private static final Authority STRANGER = Authority.root("stranger");
  private static final KeyPair KEY = Authority.key("EC");
  private static final String SUBJECT = "C=DE,ST=Berlin,O=Example,CN=signer";
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          * | nothing             | -
          x509.subject: C=DE, ST=Berlin, O=Example | nothing | -
          x509.subject: C=DE, ST=Berlin, O=Example, CN=signer | nothing | -
          x509.subject: C=DE, ST=Berlin, O=Other | nothing | is of nobody trusted
          x509.subject: C=DE, ST=Berlin, O=Example, CN=other | nothing | is of nobody trusted
          * | another manifest    | Signature for digest sha256:
          * | another key         | cryptographic signature verification failed
          * | payload altered     | cryptographic signature verification failed
          * | header altered      | cryptographic signature verification failed
          * | signature cut       | cryptographic signature verification failed
          * | signature empty     | cryptographic signature verification failed
          * | other algorithm     | the algorithm is not ES256, which the key demands
          * | no algorithm        | the algorithm is not ES256, which the key demands
          * | unknown critical    | unknown critical header "more"
          * | nothing critical    | the signing scheme is not critical
          * | other scheme        | the signing authority's time is not critical
          * | other content       | unsupported payload type "text/plain"
          * | expired             | Signature expired at 2020-01-01T00:00:00Z
          * | expires later       | -
          * | expiry is no time   | malformed envelope
          * | no chain            | Signature has no certificate
          * | broken certificate  | malformed envelope
          * | another authority   | does not lead to a trusted root
          * | certificate expired | expired at
          * | for servers         | Certificate is not for code signing
          * | for certificates    | Certificate is not for digital signatures
          * | payload is no JSON  | invalid signature payload
          * | payload is empty    | invalid signature payload
          * | cut                 | malformed envelope
          * | no JSON             | malformed envelope
          * | a list              | malformed envelope
          * | COSE is JSON        | malformed CBOR
          * | COSE is a number    | no COSE_Sign1
          * | COSE is deep        | too deep
          * | COSE is long        | truncated
          * | COSE is endless     | unexpected length
          * | other media type    | is not known
          """)
  void each_change_is_found(String identity, String change, String reason) {
    PolicyFiles.assertVerdict(policy(identity), List.of(changed(change)), reason);
  }

  /// Of the signer's certificates and of the clock's alike: nobody is asked.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          false, false
          true,  false
          false, true
          """)
  void who_may_be_revoked_is_refused_where_that_is_enforced(boolean signer, boolean clock) {
    var envelope = envelope(signer ? "revocable" : "nothing");
    var signed = Base64.getUrlDecoder().decode(envelope.path("signature").asText());
    try (var servers = SigstoreServers.open()) {
      ((ObjectNode) envelope.path("header"))
          .put(NotaryEnvelope.TIMESTAMP, servers.timestamp(signed, clock));
      var signature =
          new Signature.Notation("application/jose+json", Json.write(envelope), Map.of());
      for (boolean enforced : List.of(true, false)) {
        var rules =
            new NotaryRules(
                true, true, true, enforced, pem(servers.clockCertificate()), false, KeySource.NONE);
        var trusted =
            new TrustedSigner.Notary(pem(Authority.pem(ROOT.certificate())), List.of("*"), rules);
        var verifier = new NotationFormat(Clock.systemUTC()).verifier(trusted);
        if (enforced && (signer || clock)) {
          assertThatThrownBy(() -> verifier.verify(signature))
              .isInstanceOf(BadSignatureException.class)
              .hasMessageContaining("may be revoked")
              .hasMessageContaining(signer ? "signer" : "clock");
        } else {
          verifier.verify(signature);
        }
      }
    }
  }

  private static KeySource pem(String text) {
    return KeySource.ofData(List.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Other readers have taken all memory for the first of them.
  @ParameterizedTest
  @Timeout(5)
  @ValueSource(strings = {"=#", "CN==#", "C=#"})
  void names_that_are_none_are_refused_at_once(String name) {
    for (var subject : List.of(name, name.repeat(10_000))) {
      assertThatThrownBy(() -> TrustedSubject.parse("x509.subject: " + subject))
          .isInstanceOf(OciException.class)
          .hasMessageStartingWith("trusted identity ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC256", "EC384", "EC521", "RSA2048", "RSA3072"})
  void each_kind_of_key_signs_in_its_own_way(String kind) {
    for (var encoding : NotationSigner.Encoding.values()) {
      PolicyFiles.assertVerdict(policy("*"), List.of(signed(kind, encoding)), "-");
    }
  }

  private static Signature signed(String kind, NotationSigner.Encoding encoding) {
    var key = Authority.key(kind);
    var chain = chain(ROOT, form(key));
    return new NotationSigner(key.getPrivate(), chain, encoding, Clock.systemUTC())
        .sign(MANIFEST, Candidates.NAME);
  }

  private static Signature changed(String change) {
    var text = "application/jose+json";
    return switch (change) {
      case "cut" -> {
        var whole = Json.write(envelope("nothing"));
        yield signature(text, Arrays.copyOf(whole, whole.length / 2));
      }
      case "no JSON" -> signature(text, new byte[] {1});
      case "a list" -> signature(text, "[]".getBytes(StandardCharsets.UTF_8));
      case "COSE is JSON" -> signature("application/cose", Json.write(envelope("nothing")));
      case "COSE is a number" -> signature("application/cose", new byte[] {7});
      case "COSE is deep" -> {
        var nested = new byte[100];
        Arrays.fill(nested, (byte) 0x81);
        yield signature("application/cose", nested);
      }
      case "COSE is long" -> signature("application/cose", new byte[] {0x5a, 0x7f, -1, -1, -1, 0});
      case "COSE is endless" -> signature("application/cose", new byte[] {0x5f, 0x41, 0, -1});
      case "other media type" -> signature("text/plain", Json.write(envelope("nothing")));
      default -> signature(text, Json.write(envelope(change)));
    };
  }

  private static Signature signature(String mediaType, byte[] envelope) {
    return new Signature.Notation(mediaType, envelope, Map.of());
  }

  private static ObjectNode envelope(String change) {
    var head = Json.object();
    head.put("alg", change.equals("other algorithm") ? "ES384" : "ES256");
    if (change.equals("no algorithm")) {
      head.put("alg", "none");
    }
    var critical = head.putArray("crit");
    if (!change.equals("nothing critical")) {
      critical.add(NotaryEnvelope.SCHEME);
    }
    if (change.equals("unknown critical")) {
      critical.add("more");
    }
    head.put("cty", change.equals("other content") ? "text/plain" : NotaryEnvelope.PAYLOAD);
    head.put(
        NotaryEnvelope.SCHEME,
        change.equals("other scheme") ? "notary.x509.signingAuthority" : NotaryEnvelope.X509);
    switch (change) {
      case "expired" -> head.put(NotaryEnvelope.EXPIRY, LONG_AGO.toString());
      case "expires later" -> head.put(NotaryEnvelope.EXPIRY, "2200-01-01T00:00:00+01:00");
      case "expiry is no time" -> head.put(NotaryEnvelope.EXPIRY, "soon");
      default -> {}
    }
    return signed(head, change);
  }

  private static ObjectNode signed(ObjectNode head, String change) {
    var encodedHead = Jws.encode(Json.write(head));
    var encodedPayload = Jws.encode(payload(change));
    var key = change.equals("another key") ? Authority.key("EC") : KEY;
    var signature = sign(key, Jws.signed(encodedHead, encodedPayload));
    var jws = Json.object();
    jws.put("payload", encodedPayload);
    jws.put("protected", encodedHead);
    var x5c = jws.putObject("header").putArray("x5c");
    chainFor(change).forEach(x5c::add);
    jws.put("signature", Jws.encode(signature));
    switch (change) {
      case "payload altered" -> jws.put("payload", Jws.encode(payload("another manifest")));
      case "header altered" ->
          jws.put("protected", Jws.encode(Json.write(head.put("io.cncf.notary.signingTime", "x"))));
      case "signature cut" -> jws.put("signature", Jws.encode(Arrays.copyOf(signature, 60)));
      case "signature empty" -> jws.put("signature", "");
      default -> {}
    }
    return jws;
  }

  private static List<byte[]> chainFor(String change) {
    return switch (change) {
      case "no chain" -> List.of();
      case "broken certificate" -> List.of(new byte[9]);
      case "another authority" -> der(chain(STRANGER, form(KEY)));
      case "certificate expired" -> der(chain(ROOT, form(KEY).valid(LONG_AGO, LONG_AGO)));
      case "revocable" ->
          der(
              chain(
                  ROOT,
                  form(KEY)
                      .extension(
                          Extension.cRLDistributionPoints,
                          false,
                          new CRLDistPoint(new DistributionPoint[0]))));
      case "for servers" ->
          der(chain(ROOT, bare().extension(Extension.extendedKeyUsage, false, usage(false))));
      case "for certificates" ->
          der(
              chain(
                  ROOT,
                  new Authority.Form()
                      .keys(KEY)
                      .subject(SUBJECT)
                      .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))));
      default -> der(chain(ROOT, form(KEY)));
    };
  }

  private static Authority.Form bare() {
    return new Authority.Form()
        .keys(KEY)
        .subject(SUBJECT)
        .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
  }

  private static Authority.Form form(KeyPair key) {
    return bare().keys(key).extension(Extension.extendedKeyUsage, false, usage(true));
  }

  private static ExtendedKeyUsage usage(boolean code) {
    return new ExtendedKeyUsage(
        code ? KeyPurposeId.id_kp_codeSigning : KeyPurposeId.id_kp_serverAuth);
  }

  private static List<X509Certificate> chain(Authority authority, Authority.Form form) {
    return List.of(authority.issue(form), authority.certificate());
  }

  private static List<byte[]> der(List<X509Certificate> chain) {
    var all = new ArrayList<byte[]>();
    for (var certificate : chain) {
      try {
        all.add(certificate.getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    return all;
  }

  private static byte[] sign(KeyPair key, byte[] content) {
    try {
      var signer = NotaryAlgorithm.ES256.signing(key.getPrivate());
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] payload(String change) {
    var manifest = change.equals("another manifest") ? Candidates.manifest("b") : MANIFEST;
    return switch (change) {
      case "payload is no JSON" -> new byte[] {1};
      case "payload is empty" -> "{}".getBytes(StandardCharsets.UTF_8);
      default ->
          "{\"targetArtifact\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}}"
              .formatted(manifest.mediaType(), manifest.digest(), manifest.bytes().length)
              .getBytes(StandardCharsets.UTF_8);
    };
  }

  private static PolicyFile policy(String identity) {
    return PolicyFiles.of(
        "{\"type\":\"notationSigned\",\"caData\":\"%s\",\"trustedIdentities\":[\"%s\"]}"
            .formatted(PolicyFiles.data(Authority.pem(ROOT.certificate())), identity),
        new NotationFormat(Clock.systemUTC()));
  }
}
