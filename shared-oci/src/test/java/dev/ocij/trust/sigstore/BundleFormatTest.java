package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.trust.Authority;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.PolicyFile;
import dev.ocij.trust.PolicyFiles;
import dev.ocij.trust.Signature;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One good bundle, and what becomes of it by each change: refused, and for this reason. `-` means
/// that it counts.
class BundleFormatTest {
  private static final Document MANIFEST = Candidates.manifest("a");
  private static final String SIGN = "https://sigstore.dev/cosign/sign/v1";
  private static final String SLSA = "https://slsa.dev/provenance/v1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          key    | nothing               | -
          log    | nothing               | -
          person | nothing               | -
          pki    | nothing               | -
          edwards | signed by edwards    | -
          rsa    | signed by rsa         | -
          p384   | signed by p384        | -
          key    | signed by rsa         | cryptographic signature verification failed
          key    | older statement       | -
          key    | older bundle          | -
          key    | several subjects      | -
          key    | another manifest      | Signature for digest sha256:
          person | another manifest      | Signature for digest sha256:
          key    | no subject            | the statement is of nothing with a SHA-256 digest
          key    | subject by sha1       | the statement is of nothing with a SHA-256 digest
          key    | subject no digest     | invalid statement
          key    | too many subjects     | 1025 subjects are more than the 1024
          key    | no statement          | "" is no statement
          key    | unknown statement     | "https://in-toto.io/Statement/v9" is no statement
          key    | no JSON               | invalid statement
          key    | doubled key           | invalid statement
          key    | no predicate type     | the statement has no predicate type
          key    | another predicate     | it says "https://slsa.dev/provenance/v1", not "https://sigstore.dev/cosign/sign/v1"
          slsa   | another predicate     | -
          slsa   | nothing               | it says "https://sigstore.dev/cosign/sign/v1", not
          key    | another payload type  | unsupported payload type "text/plain"
          key    | payload type altered  | cryptographic signature verification failed
          key    | payload altered       | cryptographic signature verification failed
          key    | signed without PAE    | cryptographic signature verification failed
          key    | another key           | cryptographic signature verification failed
          person | another key           | cryptographic signature verification failed
          key    | no signature          | the bundle's envelope has not exactly one signature
          key    | two signatures        | the bundle's envelope has not exactly one signature
          key    | no envelope           | a bundle without an envelope says nothing of an image
          key    | message signature     | a bundle without an envelope says nothing of an image
          key    | empty envelope        | the bundle's envelope is empty
          key    | no material           | the bundle has no verification material
          key    | no media type         | a bundle of type "null" is not known
          key    | unknown bundle        | a bundle of type "application/x" is not known
          key    | no bundle             | invalid bundle
          key    | cut                   | invalid bundle
          key    | a list                | invalid bundle
          key    | huge                  | larger than
          key    | none                  | A signature was required, but no signature exists
          key    | many                  | 101 signatures are more than the 100
          log    | no log                | Signature has no entry of a transparency log
          log    | log of a stranger     | the log's signature over its entry does not hold
          log    | log for other payload | the log entry is for other content
          log    | log for other key     | the log entry is for another key
          log    | log time is no number | malformed log entry
          log    | log without promise   | the log entry has neither promise nor proof of its log
          log    | second entry holds    | -
          log    | too many entries      | 33 log entries are more than the 32
          person | no certificate        | Signature has no certificate
          person | broken certificate    | malformed certificate in the bundle
          person | logged too late       | expired at
          pki    | no certificate        | Signature has no certificate
          """)
  void each_change_is_found(String trust, String change, String reason) {
    PolicyFiles.assertVerdict(policy(trust), made(trust, change), reason);
  }

  private static final KeyPair EDWARDS = Authority.key("Ed25519");
  private static final KeyPair RSA = Authority.key("RSA2048");
  private static final KeyPair P384 = Authority.key("EC384");

  private static List<Signature> made(String trust, String change) {
    return switch (change) {
      case "none" -> List.of();
      case "no bundle" -> bundle("no bundle".getBytes(StandardCharsets.UTF_8));
      case "a list" -> bundle("[]".getBytes(StandardCharsets.UTF_8));
      case "huge" -> bundle(new byte[5 << 20]);
      case "cut" -> {
        var whole = Json.write(json(trust, "nothing"));
        yield bundle(Arrays.copyOf(whole, whole.length / 2));
      }
      case "many" ->
          new ArrayList<>(
              Collections.nCopies(101, bundle(Json.write(json(trust, "nothing"))).getFirst()));
      default -> bundle(Json.write(json(trust, change)));
    };
  }

  private static List<Signature> bundle(byte[] json) {
    return List.of(new Signature.Bundle(json, Map.of()));
  }

  private static ObjectNode json(String trust, String change) {
    var payload = payload(change);
    var type = change.equals("another payload type") ? "text/plain" : Envelope.STATEMENT;
    var signed = new Envelope(payload, type, List.of()).signedBytes();
    var key = key(change);
    var signature = Forgery.sign(key, change.equals("signed without PAE") ? payload : signed);
    var bundle = Json.object();
    bundle.put("mediaType", Signature.Bundle.MEDIA_TYPE);
    material(bundle.putObject("verificationMaterial"), trust, change, payload, signature);
    var envelope = bundle.putObject("dsseEnvelope");
    envelope.put("payload", payload).put("payloadType", type);
    envelope.putArray("signatures").addObject().put("sig", signature).put("keyid", "");
    alter(bundle, envelope, change);
    return bundle;
  }

  private static KeyPair key(String change) {
    return switch (change) {
      case "another key" -> Forgery.OTHER_KEY;
      case "signed by edwards" -> EDWARDS;
      case "signed by rsa" -> RSA;
      case "signed by p384" -> P384;
      default -> Forgery.KEY;
    };
  }

  private static byte[] payload(String change) {
    var digest = (change.equals("another manifest") ? Candidates.manifest("b") : MANIFEST).digest();
    var subject = "{\"digest\":{\"sha256\":\"%s\"}}".formatted(digest.hex());
    var subjects =
        switch (change) {
          case "several subjects" ->
              "{\"name\":\"x\",\"digest\":{\"sha256\":\"%s\"}},%s"
                  .formatted(Digest.of(new byte[1]).hex(), subject);
          case "no subject" -> "";
          case "subject by sha1" -> "{\"digest\":{\"sha1\":\"%s\"}}".formatted(digest.hex());
          case "subject no digest" -> "{\"digest\":{\"sha256\":\"../x\"}}";
          case "too many subjects" -> String.join(",", Collections.nCopies(1025, subject));
          default -> subject;
        };
    var statement =
        switch (change) {
          case "older statement" -> "https://in-toto.io/Statement/v0.1";
          case "no statement" -> "";
          case "unknown statement" -> "https://in-toto.io/Statement/v9";
          default -> "https://in-toto.io/Statement/v1";
        };
    var predicate =
        switch (change) {
          case "another predicate" -> SLSA;
          case "no predicate type" -> "";
          default -> SIGN;
        };
    var doubled = change.equals("doubled key") ? ",\"predicateType\":\"x\"" : "";
    var json =
        "{\"_type\":\"%s\",\"subject\":[%s],\"predicateType\":\"%s\",\"predicate\":{}%s}"
            .formatted(statement, subjects, predicate, doubled);
    return (change.equals("no JSON") ? "x" : json).getBytes(StandardCharsets.UTF_8);
  }

  private static void alter(ObjectNode bundle, ObjectNode envelope, String change) {
    switch (change) {
      case "payload type altered" -> envelope.put("payloadType", "application/json");
      case "payload altered" -> envelope.put("payload", payload("another predicate"));
      case "no signature" -> envelope.putArray("signatures");
      case "two signatures" ->
          ((ArrayNode) envelope.get("signatures")).addObject().put("sig", "AA==");
      case "no envelope" -> bundle.remove("dsseEnvelope");
      case "message signature" -> {
        bundle.remove("dsseEnvelope");
        bundle.putObject("messageSignature").put("signature", "AA==");
      }
      case "empty envelope" -> envelope.removeAll();
      case "no material" -> bundle.remove("verificationMaterial");
      case "no media type" -> bundle.remove("mediaType");
      case "unknown bundle" -> bundle.put("mediaType", "application/x");
      case "older bundle" ->
          bundle.put("mediaType", "application/vnd.dev.sigstore.bundle+json;version=0.2");
      default -> {}
    }
  }

  private static void material(
      ObjectNode material, String trust, String change, byte[] payload, byte[] signature) {
    var certificate = Forgery.ROOT.issue(Forgery.form(Forgery.KEY));
    boolean certified = trust.equals("person") || trust.equals("pki");
    if (certified && !change.equals("no certificate")) {
      material
          .putObject("certificate")
          .put("rawBytes", change.equals("broken certificate") ? new byte[9] : der(certificate));
    } else {
      material.putObject("publicKey").put("hint", "hint");
    }
    if (!change.equals("no log")) {
      var entries = material.putArray("tlogEntries");
      if (change.equals("second entry holds")) {
        entries.add(entry("log of a stranger", payload, signature, Authority.pem(Forgery.KEY)));
      }
      int number = change.equals("too many entries") ? 33 : 1;
      for (int i = 0; i < number; i++) {
        var who = certified ? Authority.pem(certificate) : Authority.pem(Forgery.KEY);
        entries.add(entry(change, payload, signature, who));
      }
    }
  }

  private static JsonNode entry(String change, byte[] payload, byte[] signature, String who) {
    var logged = change.equals("log for other payload") ? new byte[1] : payload;
    var body =
        "{\"apiVersion\":\"0.0.1\",\"kind\":\"dsse\",\"spec\":{\"payloadHash\":{\"algorithm\":\"sha256\",\"value\":\"%s\"},\"signatures\":[{\"signature\":\"%s\",\"verifier\":\"%s\"}]}}"
            .formatted(
                Digest.of(logged).hex(),
                Base64.getEncoder().encodeToString(signature),
                PolicyFiles.data(
                    change.equals("log for other key") ? Authority.pem(Forgery.OTHER_KEY) : who))
            .getBytes(StandardCharsets.UTF_8);
    var time = change.equals("logged too late") ? Instant.MAX.getEpochSecond() / 1000 : now();
    var promised = new LinkedHashMap<String, Object>();
    promised.put("body", body);
    promised.put("integratedTime", time);
    promised.put("logID", "0102");
    promised.put("logIndex", 7);
    var log = change.equals("log of a stranger") ? Forgery.OTHER_KEY : Forgery.LOG;
    var entry = Json.object();
    entry.put("logIndex", "7");
    entry.putObject("logId").put("keyId", new byte[] {1, 2});
    entry.put("integratedTime", change.equals("log time is no number") ? "x" : "" + time);
    if (!change.equals("log without promise")) {
      entry
          .putObject("inclusionPromise")
          .put("signedEntryTimestamp", Forgery.sign(log, Json.write(promised)));
    }
    entry.put("canonicalizedBody", body);
    return entry;
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  private static PolicyFile policy(String trust) {
    var root = PolicyFiles.data(Authority.pem(Forgery.ROOT.certificate()));
    var log = PolicyFiles.data(Authority.pem(Forgery.LOG));
    var signer =
        switch (trust) {
          case "log" ->
              "\"keyData\":\"%s\",\"rekorPublicKeyData\":\"%s\""
                  .formatted(PolicyFiles.data(Authority.pem(Forgery.KEY)), log);
          case "person" ->
              "\"fulcio\":{\"caData\":\"%s\",\"oidcIssuer\":\"%s\",\"subjectEmail\":\"%s\"},\"rekorPublicKeyData\":\"%s\""
                  .formatted(root, Forgery.ISSUER, Forgery.EMAIL, log);
          case "pki" ->
              "\"pki\":{\"caRootsData\":\"%s\",\"subjectEmail\":\"%s\"}"
                  .formatted(root, Forgery.EMAIL);
          case "slsa" ->
              "\"keyData\":\"%s\",\"predicateType\":\"%s\""
                  .formatted(PolicyFiles.data(Authority.pem(Forgery.KEY)), SLSA);
          case "edwards" ->
              "\"keyData\":\"%s\"".formatted(PolicyFiles.data(Authority.pem(EDWARDS)));
          case "rsa" -> "\"keyData\":\"%s\"".formatted(PolicyFiles.data(Authority.pem(RSA)));
          case "p384" -> "\"keyData\":\"%s\"".formatted(PolicyFiles.data(Authority.pem(P384)));
          default -> "\"keyData\":\"%s\"".formatted(PolicyFiles.data(Authority.pem(Forgery.KEY)));
        };
    return PolicyFiles.of(
        "{\"type\":\"bundleSigned\",%s}".formatted(signer), new BundleFormat(Clock.systemUTC()));
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
