package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.trust.Authority;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/// What sigstore's servers do, with keys of their own: an authority for people, a log of its
/// certificates, a log of signatures, and a clock. A test may exchange each part.
final class SigstoreRig {
  static final String ISSUER = "https://issuer.example.test";
  static final String EMAIL = "signer@example.test";
  static final String URI = "https://example.test/workflow@refs/heads/main";
  private static final String ORIGIN = "rekor.example.test";
  private static final ASN1ObjectIdentifier PROMISES =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");

  Authority authority =
      Authority.root("people").intermediate(new Authority.Form().subject("CN=between,O=rig"));
  KeyPair certificateLog = Authority.key("EC");
  KeyPair log = Authority.key("EC");
  Authority clocks = Authority.root("clocks");
  KeyPair clockKey = Authority.key("EC");
  X509Certificate clock = clock(KeyPurposeId.id_kp_timeStamping);
  GeneralName name = new GeneralName(GeneralName.rfc822Name, EMAIL);
  KeyPurposeId purpose = KeyPurposeId.id_kp_codeSigning;
  boolean promised = true;

  /// What the log writes down, and of what: in the place of what is really signed.
  SecondLog second = SecondLog.NONE;

  Instant from = Instant.now().minus(Duration.ofHours(2));
  Instant signed = from.plus(Duration.ofMinutes(5));
  private long serial = 4711;

  X509Certificate clock(KeyPurposeId purpose) {
    return clocks.issue(clockForm(purpose));
  }

  X509Certificate revocableClock() {
    return clocks.issue(
        clockForm(KeyPurposeId.id_kp_timeStamping)
            .extension(
                Extension.cRLDistributionPoints,
                false,
                new CRLDistPoint(new DistributionPoint[0])));
  }

  private Authority.Form clockForm(KeyPurposeId purpose) {
    return new Authority.Form()
        .subject("CN=clock")
        .keys(clockKey)
        .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .extension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
  }

  /// A certificate for ten minutes, with the promise to show it.
  X509Certificate certificate(PublicKey key) {
    try {
      var above = authority.certificate();
      var builder =
          new JcaX509v3CertificateBuilder(
              X500Name.getInstance(above.getSubjectX500Principal().getEncoded()),
              BigInteger.valueOf(serial++),
              Date.from(from),
              Date.from(from.plus(Duration.ofMinutes(10))),
              new X500Name(""),
              key);
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(name));
      builder.addExtension(
          new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8"), false, new DERUTF8String(ISSUER));
      var signer =
          new JcaContentSignerBuilder("SHA256withECDSA").build(authority.keys().getPrivate());
      if (promised) {
        var before = builder.build(signer).toASN1Structure().getTBSCertificate().getEncoded();
        builder.addExtension(PROMISES, false, new DEROctetString(promises(before)));
      }
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (IOException | CertificateException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] promises(byte[] certificate) {
    var issuer = Digest.of(authority.keys().getPublic().getEncoded()).hex();
    var signed = ByteBuffer.allocate(12 + 32 + 3 + certificate.length + 2);
    signed.putShort((short) 0).putLong(from.toEpochMilli()).putShort((short) 1);
    signed.put(HexFormat.of().parseHex(issuer));
    signed.put((byte) 0).putShort((short) certificate.length).put(certificate).putShort((short) 0);
    var signature = Forgery.sign(certificateLog, signed.array());
    int length = 1 + 32 + 8 + 2 + 4 + signature.length;
    var list = ByteBuffer.allocate(4 + length);
    list.putShort((short) (2 + length)).putShort((short) length);
    list.put((byte) 0).put(id(certificateLog)).putLong(from.toEpochMilli()).putShort((short) 0);
    list.put((byte) 4).put((byte) 3).putShort((short) signature.length).put(signature);
    return list.array();
  }

  /// A bundle over a statement, as a client puts it together.
  ObjectNode bundle(byte[] statement) {
    var key = Authority.key("EC");
    var certificate = certificate(key.getPublic());
    var envelope = new Envelope(statement, Envelope.STATEMENT, List.of());
    var signature = Forgery.sign(key, envelope.signedBytes());
    var json = Json.object();
    json.put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
    var material = json.putObject("verificationMaterial");
    material.putObject("certificate").put("rawBytes", der(certificate));
    material.putArray("tlogEntries").add(entry(envelope, signature, certificate));
    material
        .putObject("timestampVerificationData")
        .putArray("rfc3161Timestamps")
        .addObject()
        .put("signedTimestamp", timestamp(signature));
    var dsse = json.putObject("dsseEnvelope");
    dsse.put("payload", statement).put("payloadType", Envelope.STATEMENT);
    dsse.putArray("signatures").addObject().put("sig", signature);
    return json;
  }

  private ObjectNode entry(Envelope envelope, byte[] signature, X509Certificate certificate) {
    if (second.equals(SecondLog.NONE)) {
      return entry(body(envelope.payload(), signature, certificate));
    }
    var entry = entry(second.body(envelope, signature, der(certificate)));
    entry.remove("integratedTime");
    entry.remove("inclusionPromise");
    entry.put("logIndex", entry.path("inclusionProof").path("logIndex").asText());
    second.describe(entry.putObject("kindVersion"));
    return entry;
  }

  /// What the log writes down of an envelope, in JSON's canonical form.
  private static byte[] body(byte[] statement, byte[] signature, X509Certificate certificate) {
    var base64 = Base64.getEncoder();
    return """
    {"apiVersion":"0.0.1","kind":"dsse","spec":{"envelopeHash":{"algorithm":"sha256","value":"%s"},\
    "payloadHash":{"algorithm":"sha256","value":"%s"},"signatures":[{"signature":"%s","verifier":"%s"}]}}\
    """
        .formatted(
            Digest.of(signature).hex(),
            Digest.of(statement).hex(),
            base64.encodeToString(signature),
            base64.encodeToString(Authority.pem(certificate).getBytes(StandardCharsets.UTF_8)))
        .getBytes(StandardCharsets.UTF_8);
  }

  /// An entry as a bundle holds it.
  ObjectNode entry(byte[] body) {
    var tree = new MerkleTree(List.of(new byte[1], new byte[2], new byte[3], body, new byte[4]));
    var entry = Json.object();
    entry.put("logIndex", "1003");
    entry.putObject("logId").put("keyId", id(log));
    entry.putObject("kindVersion").put("kind", "dsse").put("version", "0.0.1");
    entry.put("integratedTime", "" + signed.getEpochSecond());
    entry.putObject("inclusionPromise").put("signedEntryTimestamp", promise(body, 1003));
    var proof = entry.putObject("inclusionProof");
    proof.put("logIndex", "3").put("rootHash", tree.root()).put("treeSize", "5");
    tree.path(3).hashes().forEach(proof.putArray("hashes")::add);
    proof.putObject("checkpoint").put("envelope", checkpoint(tree.root(), 5));
    entry.put("canonicalizedBody", body);
    return entry;
  }

  byte[] promise(byte[] body, long index) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("body", Base64.getEncoder().encodeToString(body));
    entry.put("integratedTime", signed.getEpochSecond());
    entry.put("logID", HexFormat.of().formatHex(id(log)));
    entry.put("logIndex", index);
    return Forgery.sign(log, Json.write(entry));
  }

  String checkpoint(byte[] root, long size) {
    var base64 = Base64.getEncoder();
    var origin = second.equals(SecondLog.NONE) ? ORIGIN + " - 42" : ORIGIN;
    var text = "%s\n%d\n%s\n".formatted(origin, size, base64.encodeToString(root));
    var signature = Forgery.sign(log, text.getBytes(StandardCharsets.UTF_8));
    var hinted = ByteBuffer.allocate(4 + signature.length).put(id(log), 0, 4).put(signature);
    return "%s\n\u2014 %s %s\n".formatted(text, ORIGIN, base64.encodeToString(hinted.array()));
  }

  /// What the clock says of some bytes.
  byte[] timestamp(byte[] content) {
    try {
      var asking = new TimeStampRequestGenerator();
      asking.setCertReq(true);
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return timestamp(asking.generate(TSPAlgorithms.SHA256, digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The clock's answer.
  byte[] timestamp(TimeStampRequest request) {
    try {
      var calculator =
          new JcaDigestCalculatorProviderBuilder()
              .build()
              .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
      var signer =
          new JcaSimpleSignerInfoGeneratorBuilder()
              .build("SHA256withECDSA", clockKey.getPrivate(), clock);
      var tokens =
          new TimeStampTokenGenerator(
              signer, calculator, new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.2"));
      tokens.addCertificates(new JcaCertStore(List.of(clock)));
      return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
          .generate(request, BigInteger.valueOf(serial++), Date.from(signed))
          .getEncoded();
    } catch (GeneralSecurityException | OperatorCreationException | TSPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The trusted root in which all these are.
  ObjectNode trustedRoot() {
    var json = Json.object();
    json.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
    addLog(json.putArray("tlogs"), "https://rekor.example.test", log);
    addAuthority(
        json.putArray("certificateAuthorities"), List.of(authority.certificate()), authority);
    addLog(json.putArray("ctlogs"), "https://ctlog.example.test", certificateLog);
    addAuthority(
        json.putArray("timestampAuthorities"), List.of(clock, clocks.certificate()), clocks);
    return json;
  }

  private void addLog(ArrayNode logs, String url, KeyPair key) {
    var added = logs.addObject().put("baseUrl", url).put("hashAlgorithm", "SHA2_256");
    var publicKey = added.putObject("publicKey");
    publicKey.put("rawBytes", key.getPublic().getEncoded());
    publicKey.put("keyDetails", "PKIX_ECDSA_P256_SHA_256");
    publicKey.putObject("validFor").put("start", from.minusSeconds(60).toString());
    added.putObject("logId").put("keyId", id(key));
  }

  private void addAuthority(ArrayNode all, List<X509Certificate> first, Authority authority) {
    var added = all.addObject();
    added.putObject("subject").put("organization", "rig").put("commonName", "rig");
    added.put("uri", "https://authority.example.test");
    var certificates = added.putObject("certChain").putArray("certificates");
    first.forEach(one -> certificates.addObject().put("rawBytes", der(one)));
    authority.above().forEach(one -> certificates.addObject().put("rawBytes", der(one)));
    added.putObject("validFor").put("start", from.minusSeconds(60).toString());
  }

  static byte[] id(KeyPair key) {
    return Digest.Algorithm.SHA256.newHash().digest(key.getPublic().getEncoded());
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
