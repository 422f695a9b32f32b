package dev.ocij.trust.sigstore;

import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.trust.Authority;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/// A signature whose every part a test may change before it is put together. As it is made, it is
/// good: by a key, by a person with a log's entry, and by a certificate of one's own.
final class Forgery {
  static final Authority ROOT = Authority.root("root");
  static final Authority STRANGER = Authority.root("stranger");
  static final KeyPair KEY = Authority.key("EC");
  static final KeyPair OTHER_KEY = Authority.key("EC");
  static final KeyPair LOG = Authority.key("EC");
  static final String EMAIL = "signer@example.test";
  static final String HOST = "signer.example.test";
  static final String ISSUER = "https://issuer.example.test";
  private static final ASN1ObjectIdentifier ISSUER_ID =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.1");
  private static final ASN1ObjectIdentifier ISSUER_V2_ID =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8");
  private static final Authority BETWEEN =
      ROOT.intermediate(new Authority.Form().subject("CN=between").keys(Authority.key("EC")));

  Document manifest = Candidates.manifest("a");
  String name = Candidates.NAME;
  String type = "cosign container image signature";
  String mediaType = Signature.Sigstore.PAYLOAD_TYPE;
  String more = "";
  String optional = "{}";
  KeyPair key = KEY;
  Authority authority = BETWEEN;
  Authority.Form form = form(KEY);
  boolean withCertificate = true;
  boolean withLog = true;
  Instant logged = Instant.now();
  KeyPair logKey = LOG;
  byte[] loggedContent = {};
  byte[] loggedSignature = {};
  String loggedKey = "";
  String logKind = "hashedrekord";
  final Map<String, String> annotations = new HashMap<>();

  static Authority.Form form(KeyPair keys) {
    return new Authority.Form()
        .keys(keys)
        .extension(
            Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
        .extension(
            Extension.subjectAlternativeName,
            true,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.rfc822Name, EMAIL),
                  new GeneralName(GeneralName.dNSName, HOST)
                }))
        .extension(ISSUER_ID, ISSUER.getBytes(StandardCharsets.UTF_8))
        .extension(ISSUER_V2_ID, false, new DERUTF8String(ISSUER));
  }

  byte[] payload() {
    return """
    {"critical":{"identity":{"docker-reference":"%s"},"image":{"docker-manifest-digest":"%s"},\
    "type":"%s"%s},"optional":%s}\
    """
        .formatted(name, manifest.digest(), type, more, optional)
        .getBytes(StandardCharsets.UTF_8);
  }

  Signature.Sigstore signature() {
    var payload = payload();
    var signed = sign(key, payload);
    var certificate = authority.issue(form);
    var all = new HashMap<String, String>();
    all.put(Signature.Sigstore.SIGNATURE_ANNOTATION, base64(signed));
    if (withCertificate) {
      all.put(SigstoreFormat.CERTIFICATE, Authority.pem(certificate));
      all.put(
          SigstoreFormat.CHAIN,
          String.join("", authority.chain().stream().map(Authority::pem).toList()));
    }
    if (withLog) {
      all.put(SigstoreFormat.LOG_ENTRY, entry(payload, signed, certificate));
    }
    all.putAll(annotations);
    all.values().removeIf(String::isEmpty);
    return new Signature.Sigstore(mediaType, payload, all);
  }

  private String entry(byte[] payload, byte[] signed, X509Certificate certificate) {
    var who = withCertificate ? Authority.pem(certificate) : Authority.pem(key);
    var body =
        """
        {"apiVersion":"0.0.1","kind":"%s","spec":{"data":{"hash":{"algorithm":"sha256",\
        "value":"%s"}},"signature":{"content":"%s","publicKey":{"content":"%s"}}}}\
        """
            .formatted(
                logKind,
                Digest.of(loggedContent.length == 0 ? payload : loggedContent).hex(),
                base64(loggedSignature.length == 0 ? signed : loggedSignature),
                base64((loggedKey.isEmpty() ? who : loggedKey).getBytes(StandardCharsets.UTF_8)));
    var entry = new LinkedHashMap<String, Object>();
    entry.put("body", base64(body.getBytes(StandardCharsets.UTF_8)));
    entry.put("integratedTime", logged.getEpochSecond());
    entry.put("logID", Digest.of(LOG.getPublic().getEncoded()).hex());
    entry.put("logIndex", 7);
    var whole = new LinkedHashMap<String, Object>();
    whole.put("SignedEntryTimestamp", sign(logKey, Json.write(entry)));
    whole.put("Payload", entry);
    return new String(Json.write(whole), StandardCharsets.UTF_8);
  }

  static byte[] sign(KeyPair keys, byte[] content) {
    try {
      var signer = KeyAlgorithm.signature(keys.getPrivate());
      signer.initSign(keys.getPrivate());
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The part of a text that is no longer there when it was cut.
  static List<Signature> cut(Signature.Sigstore whole, int length) {
    var payload = new byte[length];
    System.arraycopy(whole.payload(), 0, payload, 0, length);
    return new ArrayList<>(
        List.of(new Signature.Sigstore(whole.mediaType(), payload, whole.annotations())));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
