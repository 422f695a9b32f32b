package dev.ocij.trust.sigstore;

import dev.ocij.trust.Authority;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.PolicyFile;
import dev.ocij.trust.PolicyFiles;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One good signature as cosign attaches it, and what becomes of it by each change: refused, and
/// for this reason. `-` means that it counts.
class ForgeryTest {
  private static final ASN1ObjectIdentifier ISSUER_ID =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          key    | nothing                | -
          log    | nothing                | -
          person | nothing                | -
          pki    | nothing                | -
          key    | no certificate         | -
          log    | no certificate         | -
          key    | no log                 | -
          pki    | no log                 | -
          key    | another key            | cryptographic signature verification failed
          log    | another key            | cryptographic signature verification failed
          person | another key            | cryptographic signature verification failed
          pki    | another key            | cryptographic signature verification failed
          key    | another manifest       | does not match
          person | another manifest       | does not match
          pki    | another manifest       | does not match
          key    | another name           | is not accepted
          key    | another repository     | is not accepted
          person | another name           | is not accepted
          pki    | no name                | is not accepted
          key    | simple signing         | the type is not "cosign container image signature"
          key    | no type                | the type is not
          key    | unknown critical key   | unknown key "more"
          person | unknown critical key   | unknown key "more"
          key    | unknown optional key   | -
          key    | optional is null       | -
          key    | optional is a list     | expected an object
          key    | doubled key            | type
          key    | doubled identity       | identity
          key    | bad timestamp          | "timestamp" must be an integer
          key    | negative timestamp     | "timestamp" is no time
          key    | payload cut            | cryptographic signature verification failed
          key    | no payload             | cryptographic signature verification failed
          key    | payload altered        | cryptographic signature verification failed
          key    | payload with newline   | cryptographic signature verification failed
          key    | signature missing      | missing dev.cosignproject.cosign/signature annotation
          key    | signature empty base64 | missing dev.cosignproject.cosign/signature annotation
          key    | signature no base64    | is not base64
          key    | signature of zeros     | cryptographic signature verification failed
          key    | r of 0                 | cryptographic signature verification failed
          key    | s of 0                 | cryptographic signature verification failed
          key    | r of the order         | cryptographic signature verification failed
          key    | s of the order         | cryptographic signature verification failed
          key    | both of the order      | cryptographic signature verification failed
          key    | signature huge         | cryptographic signature verification failed
          key    | other media type       | unsupported payload type "text/plain"
          key    | payload huge           | larger than
          key    | a good one among bad   | -
          key    | three bad ones         | None of the signatures were accepted, reasons:
          key    | many                   | 101 signatures are more than the 100
          log    | no log                 | Signature has no entry of a transparency log
          log    | log of a stranger      | the log's signature over its entry does not hold
          log    | log time altered       | the log's signature over its entry does not hold
          log    | log for other content  | the log entry is for other content
          log    | log of other signature | the log entry is for another signature
          log    | log of other key       | the log entry is for another key
          log    | log of unknown kind    | a log entry of kind "rekord 0.0.1" is not known
          log    | log is no JSON         | malformed log entry
          log    | log is empty           | malformed log entry
          log    | log key is no PEM      | a key or certificate is not PEM
          log    | logged the certificate | the log entry is for another key
          person | no log                 | Signature has no entry of a transparency log
          person | log for other content  | the log entry is for other content
          person | log of other signature | the log entry is for another signature
          person | log of other key       | the log entry is for another key
          person | log of a stranger      | the log's signature over its entry does not hold
          person | no certificate         | Signature has no certificate
          person | certificate cut        | malformed dev.sigstore.cosign/certificate annotation
          person | chain cut              | malformed dev.sigstore.cosign/chain annotation
          person | no chain               | does not lead to a trusted root
          person | another authority      | does not lead to a trusted root
          person | logged after its end   | expired at
          person | logged before it began | is not valid before
          person | expired now            | -
          pki    | expired now            | expired at
          person | intermediate expired   | does not lead to a trusted root
          pki    | intermediate expired   | does not lead to a trusted root
          pki    | not valid yet          | is not valid before
          person | another issuer         | Required OIDC issuer
          person | issuers disagree       | Required OIDC issuer
          person | no issuer              | Certificate names no OIDC issuer
          person | another email          | Required email "signer@example.test"
          pki    | another email          | Required email "signer@example.test"
          pki    | another host           | Required host name "signer.example.test"
          person | no names               | Required email "signer@example.test"
          person | email is a host        | Required email "signer@example.test"
          person | not for code signing   | Certificate is not for code signing
          pki    | not for code signing   | Certificate is not for code signing
          pki    | for servers            | Certificate is not for code signing
          pki    | no certificate         | Signature has no certificate
          pki    | another authority      | does not lead to a trusted root
          pki    | no chain               | does not lead to a trusted root
          pki    | leaf as authority      | does not lead to a trusted root
          pki    | weak intermediate      | an RSA key of 1024 bits is too weak
          pki    | SHA-1                  | SHA1withECDSA is too weak
          """)
  void each_change_is_found(String trust, String change, String reason) {
    PolicyFiles.assertVerdict(policy(trust), changed(trust, change), reason);
  }

  private static List<Signature> changed(String trust, String change) {
    var good = new Forgery();
    good.withCertificate = !trust.equals("log");
    return switch (change) {
      case "payload cut" -> Forgery.cut(good.signature(), 20);
      case "no payload" -> Forgery.cut(good.signature(), 0);
      case "payload altered" -> {
        var signature = good.signature();
        signature.payload()[50] ^= 1;
        yield List.of(signature);
      }
      case "payload with newline" -> {
        var signature = good.signature();
        yield Forgery.cut(
            new Signature.Sigstore(
                signature.mediaType(),
                (new String(signature.payload(), StandardCharsets.UTF_8) + "\n")
                    .getBytes(StandardCharsets.UTF_8),
                signature.annotations()),
            signature.payload().length + 1);
      }
      case "payload huge" ->
          List.of(new Signature.Sigstore(good.mediaType, new byte[5 << 20], good.annotations));
      case "a good one among bad" -> {
        var all = new ArrayList<>(changed(trust, "another key"));
        all.addAll(changed(trust, "unknown critical key"));
        all.add(good.signature());
        yield all;
      }
      case "three bad ones" -> {
        var all = new ArrayList<>(changed(trust, "another key"));
        all.addAll(changed(trust, "another name"));
        all.addAll(changed(trust, "another manifest"));
        yield all;
      }
      case "many" -> new ArrayList<>(Collections.nCopies(101, good.signature()));
      default -> {
        change(good, change);
        yield List.of(good.signature());
      }
    };
  }

  private static void change(Forgery good, String change) {
    switch (change) {
      case "nothing" -> {}
      case "no certificate" -> good.withCertificate = false;
      case "no log" -> good.withLog = false;
      case "another key" -> good.key = Forgery.OTHER_KEY;
      case "another manifest" -> good.manifest = Candidates.manifest("b");
      case "another name" -> good.name = "registry.example/team/app:2";
      case "another repository" -> good.name = "registry.example/team/other:1";
      case "no name" -> good.name = "";
      case "simple signing" -> good.type = "atomic container signature";
      case "no type" -> good.type = "";
      case "unknown critical key" -> good.more = ",\"more\":1";
      case "unknown optional key" -> good.optional = "{\"more\":{\"and\":[1]}}";
      case "optional is null" -> good.optional = "null";
      case "optional is a list" -> good.optional = "[]";
      case "doubled key" -> good.more = ",\"type\":\"cosign container image signature\"";
      case "doubled identity" -> good.more = ",\"identity\":{\"docker-reference\":\"a/b:1\"}";
      case "bad timestamp" -> good.optional = "{\"timestamp\":\"now\"}";
      case "negative timestamp" -> good.optional = "{\"timestamp\":-1}";
      case "signature missing", "signature empty base64" ->
          good.annotations.put(Signature.Sigstore.SIGNATURE_ANNOTATION, "");
      case "signature no base64" ->
          good.annotations.put(Signature.Sigstore.SIGNATURE_ANNOTATION, "?");
      case "signature of zeros" ->
          good.annotations.put(Signature.Sigstore.SIGNATURE_ANNOTATION, "MAYCAQACAQA=");
      case "r of 0" -> numbers(good, BigInteger.ZERO, BigInteger.ONE);
      case "s of 0" -> numbers(good, BigInteger.ONE, BigInteger.ZERO);
      case "r of the order" -> numbers(good, order(), BigInteger.ONE);
      case "s of the order" -> numbers(good, BigInteger.ONE, order());
      case "both of the order" -> numbers(good, order(), order());
      case "signature huge" ->
          good.annotations.put(
              Signature.Sigstore.SIGNATURE_ANNOTATION,
              Base64.getEncoder().encodeToString(new byte[1 << 20]));
      case "other media type" -> good.mediaType = "text/plain";
      case "log of a stranger" -> good.logKey = Forgery.OTHER_KEY;
      case "log time altered" -> alterTime(good);
      case "log for other content" -> good.loggedContent = new byte[] {1};
      case "log of other signature" -> good.loggedSignature = new byte[] {1};
      case "log of other key" -> good.loggedKey = Authority.pem(Forgery.OTHER_KEY);
      case "log of unknown kind" -> good.logKind = "rekord";
      case "log is no JSON" -> good.annotations.put(SigstoreFormat.LOG_ENTRY, "{");
      case "log is empty" -> good.annotations.put(SigstoreFormat.LOG_ENTRY, "{}");
      case "log key is no PEM" -> good.loggedKey = "key";
      case "logged the certificate" ->
          good.loggedKey = Authority.pem(good.authority.issue(good.form));
      case "certificate cut" ->
          good.annotations.put(SigstoreFormat.CERTIFICATE, "-----BEGIN CERTIFICATE-----\nMII");
      case "chain cut" ->
          good.annotations.put(SigstoreFormat.CHAIN, "-----BEGIN CERTIFICATE-----\nMII");
      case "no chain" -> good.annotations.put(SigstoreFormat.CHAIN, "");
      default -> changeCertificate(good, change);
    }
  }

  private static void changeCertificate(Forgery good, String change) {
    var between = new Authority.Form().subject("CN=between");
    switch (change) {
      case "another authority" -> good.authority = Forgery.STRANGER;
      case "logged after its end" -> good.logged = Instant.now().plus(Duration.ofDays(3));
      case "logged before it began" -> good.logged = LONG_AGO;
      case "expired now" -> {
        good.form.valid(Instant.now().minusSeconds(900), Instant.now().minusSeconds(300));
        good.logged = Instant.now().minusSeconds(600);
      }
      case "not valid yet" ->
          good.form.valid(Instant.now().plusSeconds(600), Instant.now().plusSeconds(900));
      case "intermediate expired" ->
          good.authority = Forgery.ROOT.intermediate(between.valid(LONG_AGO, LONG_AGO));
      case "another issuer" -> issuers(good, "https://other.example.test", null);
      case "issuers disagree" -> issuers(good, Forgery.ISSUER, "https://other.example.test");
      case "no issuer" -> issuers(good, null, null);
      case "another email" -> names(good, "other@example.test", Forgery.HOST);
      case "another host" -> names(good, Forgery.EMAIL, "other.example.test");
      case "no names" ->
          good.form =
              usage(KeyPurposeId.id_kp_codeSigning)
                  .extension(ISSUER_ID, false, new DERUTF8String(Forgery.ISSUER));
      case "email is a host" -> names(good, "x@example.test", Forgery.EMAIL);
      case "not for code signing" -> {
        good.form = new Authority.Form().keys(Forgery.KEY);
        addNames(good.form, Forgery.EMAIL, Forgery.HOST);
      }
      case "for servers" -> {
        good.form = usage(KeyPurposeId.id_kp_serverAuth);
        addNames(good.form, Forgery.EMAIL, Forgery.HOST);
      }
      case "leaf as authority" -> {
        var leaf = Authority.key("EC");
        var certificate = Forgery.ROOT.issue(Forgery.form(leaf));
        good.authority = new Authority(certificate, leaf, List.of(Forgery.ROOT.certificate()));
      }
      case "weak intermediate" ->
          good.authority = Forgery.ROOT.intermediate(between.keys(Authority.key("RSA1024")));
      case "SHA-1" -> good.form.digest("SHA1");
      default -> throw new IllegalArgumentException(change);
    }
  }

  /// A signature by ECDSA is two numbers between 0 and the order of the curve.
  private static void numbers(Forgery good, BigInteger r, BigInteger s) {
    try {
      var numbers = new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)});
      good.annotations.put(
          Signature.Sigstore.SIGNATURE_ANNOTATION,
          Base64.getEncoder().encodeToString(numbers.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BigInteger order() {
    return ((ECKey) Forgery.KEY.getPublic()).getParams().getOrder();
  }

  private static void alterTime(Forgery good) {
    var json = good.signature().annotations().get(SigstoreFormat.LOG_ENTRY);
    good.annotations.put(
        SigstoreFormat.LOG_ENTRY,
        String.valueOf(json).replaceFirst("\"integratedTime\":[0-9]+", "\"integratedTime\":17"));
  }

  private static Authority.Form usage(KeyPurposeId purpose) {
    return new Authority.Form()
        .keys(Forgery.KEY)
        .extension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
  }

  private static void names(Forgery good, String email, String host) {
    good.form = usage(KeyPurposeId.id_kp_codeSigning);
    addNames(good.form, email, host);
  }

  private static void addNames(Authority.Form form, String email, String host) {
    var names =
        new GeneralName[] {
          new GeneralName(GeneralName.rfc822Name, email), new GeneralName(GeneralName.dNSName, host)
        };
    form.extension(Extension.subjectAlternativeName, false, new GeneralNames(names))
        .extension(ISSUER_ID, false, new DERUTF8String(Forgery.ISSUER));
  }

  private static void issuers(Forgery good, @Nullable String raw, @Nullable String second) {
    good.form = usage(KeyPurposeId.id_kp_codeSigning);
    good.form.extension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.rfc822Name, Forgery.EMAIL)));
    if (raw != null) {
      good.form.extension(
          new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.1"), raw.getBytes(StandardCharsets.UTF_8));
    }
    if (second != null) {
      good.form.extension(ISSUER_ID, false, new DERUTF8String(second));
    }
  }

  private static PolicyFile policy(String trust) {
    var root = PolicyFiles.data(Authority.pem(Forgery.ROOT.certificate()));
    var log = PolicyFiles.data(Authority.pem(Forgery.LOG));
    var key = PolicyFiles.data(Authority.pem(Forgery.KEY));
    var signer =
        switch (trust) {
          case "key" -> "\"keyData\":\"%s\"".formatted(key);
          case "log" ->
              "\"keyDatas\":[\"%s\",\"%s\"],\"rekorPublicKeyData\":\"%s\""
                  .formatted(PolicyFiles.data(Authority.pem(Authority.key("RSA2048"))), key, log);
          case "person" ->
              "\"fulcio\":{\"caData\":\"%s\",\"oidcIssuer\":\"%s\",\"subjectEmail\":\"%s\"},\"rekorPublicKeyDatas\":[\"%s\"]"
                  .formatted(root, Forgery.ISSUER, Forgery.EMAIL, log);
          default ->
              "\"pki\":{\"caRootsData\":\"%s\",\"subjectEmail\":\"%s\",\"subjectHostname\":\"%s\"}"
                  .formatted(root, Forgery.EMAIL, Forgery.HOST);
        };
    return PolicyFiles.of(
        "{\"type\":\"sigstoreSigned\",%s}".formatted(signer),
        new SigstoreFormat(Clock.systemUTC()));
  }
}
