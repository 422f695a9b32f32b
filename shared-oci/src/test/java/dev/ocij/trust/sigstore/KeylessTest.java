package dev.ocij.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Authority;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.PolicyFile;
import dev.ocij.trust.PolicyFiles;
import dev.ocij.trust.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One good bundle of somebody without a key, judged by a trusted root, and what becomes of it by
/// each change: refused, and for this reason. `-` means that it counts.
class KeylessTest {
  static final String STATEMENT =
      "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"a\",\"digest\":"
          + "{\"sha256\":\"%s\"}}],\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\","
          + "\"predicate\":{}}";

  /// What a test changed of: a bundle and the trusted root that judges it.
  record Case(ObjectNode bundle, ObjectNode root) {
    ObjectNode entry() {
      return (ObjectNode) bundle.at("/verificationMaterial/tlogEntries/0");
    }

    ObjectNode proof() {
      return (ObjectNode) entry().get("inclusionProof");
    }

    ObjectNode material() {
      return (ObjectNode) bundle.get("verificationMaterial");
    }

    ArrayNode timestamps() {
      return (ArrayNode)
          bundle.at("/verificationMaterial/timestampVerificationData/rfc3161Timestamps");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nothing                       | -
          no promise of the log         | -
          no proof of the log           | -
          no timestamp                  | -
          a URI                         | -
          no log in the root            | -
          no clock in the root          | -
          no certificate log in the root | -
          another log in the root too   | -
          an unknown kind of key in the root too | -
          second log                    | -
          second log, envelope          | -
          second log: other content     | the log entry is for other content
          second log: another digest    | the log entry has no SHA-256 digest
          second log: another signature | the log entry is for another signature
          second log: another certificate | the log entry is for another key
          second log: a key             | the log entry is for another key
          second log: nobody's          | the log entry is for another key
          second log: of a third version | a log entry of kind "hashedrekord 0.0.3" is not known
          second log: no proof          | the log entry has neither promise nor proof of its log
          second log: no timestamp      | nobody of the trusted root tells when it was signed
          second log: proof altered     | the log's inclusion proof does not lead to its checkpoint
          second log: checkpoint by a stranger | the log's checkpoint is not signed by a known log
          second log, envelope: other content | the log entry is for other content
          second log, envelope: another digest | the log entry has no SHA-256 digest
          second log, envelope: another signature | the log entry is for another signature
          second log, envelope: another certificate | the log entry is for another key
          second log, envelope: two signatures | the log entry has not one signature
          second log, envelope: no timestamp | nobody of the trusted root tells when it was signed
          no log and no timestamp       | Signature has no entry of a transparency log
          no promise and no timestamp   | nobody of the trusted root tells when it was signed
          neither promise nor proof     | the log entry has neither promise nor proof of its log
          nobody in the root            | nobody of the trusted root tells when it was signed
          proof of another place        | the log's inclusion proof does not lead to its checkpoint
          proof outside the tree        | the log's inclusion proof is for no place in its tree
          proof altered                 | the log's inclusion proof does not lead to its checkpoint
          proof too short               | the log's inclusion proof is too short
          proof too long                | the log's inclusion proof is too long
          proof to another root         | the log's inclusion proof does not lead to its checkpoint
          proof of a larger tree        | the log's inclusion proof
          proof without root            | the log's inclusion proof does not lead to its checkpoint
          proof of no number            | malformed log entry
          checkpoint of another tree    | the log's inclusion proof does not lead to its checkpoint
          checkpoint of another size    | the log's inclusion proof does not lead to its checkpoint
          checkpoint by a stranger      | the log's checkpoint is not signed by a known log
          checkpoint altered            | the log's checkpoint is not signed by a known log
          checkpoint cut                | malformed checkpoint of a log
          checkpoint without signature  | the log's checkpoint is not signed by a known log
          checkpoint with other lines   | malformed checkpoint of a log
          no checkpoint                 | malformed log entry
          promise by a stranger         | the log's signature over its entry does not hold
          promise of another time       | the log's signature over its entry does not hold
          log not known yet             | the log's signature over its entry does not hold
          log known no more             | the log's signature over its entry does not hold
          log of a proof known no more  | the log's checkpoint is not signed by a known log
          entry of another bundle       | the log entry is for other content
          timestamp of another bundle   | timestamp of other bytes
          timestamp by a stranger       | timestamp's signature
          timestamp by a false name     | does not lead to a trusted root
          timestamp cut                 | malformed timestamp
          timestamp empty               | malformed timestamp
          timestamp not there           | malformed timestamp
          timestamp too early           | is not valid before
          timestamp too late            | expired at
          second timestamp too late     | expired at
          clock known no more           | no timestamp authority of the trusted root was valid at
          too many timestamps           | 33 timestamps are more than the 32
          signed too late               | expired at
          signed too early              | is not valid before
          certificate of a stranger     | does not lead to a trusted root
          authority not known yet       | no authority of the trusted root was valid at
          authority known no more       | no authority of the trusted root was valid at
          certificate not promised      | Certificate has no promise of a certificate log
          promised by a stranger        | Certificate has no promise of a known certificate log
          certificate log known no more | Certificate has no promise of a known certificate log
          not for code                  | Certificate is not for code signing
          no certificate                | Signature has no certificate
          another email                 | Required identity "signer@example.test"
          another URI                   | Required identity "signer@example.test"
          email as host name            | Required identity "signer@example.test"
          another issuer                | Required OIDC issuer
          payload altered               | cryptographic signature verification failed
          """)
  void each_change_is_found(String change, String reason) {
    var rig = new SigstoreRig();
    var policy = policy(changed(rig, change), change);
    PolicyFiles.assertVerdict(policy.policy(), policy.signatures(), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                      | its media type is not
          {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"} | its media type is not
          {"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":[{}]} | something in it is missing
          {"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","certificateAuthorities":[{"certChain":{"certificates":[]}}]} | no certificate
          {"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","certificateAuthorities":[{"certChain":{"certificates":[{"rawBytes":"AAAA"}]}}]} | read certificate
          {"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":[null]} | read trusted root
          []                                                      | read trusted root
          x                                                       | read trusted root
          """)
  void a_broken_root_is_an_error_and_no_verdict(String root, String reason) {
    var policy = policy(PolicyFiles.data(root), SigstoreRig.ISSUER, "subjectEmail", "x");
    var bundle = new Signature.Bundle("{}".getBytes(StandardCharsets.UTF_8), Map.of());
    var candidate = Candidates.of(Candidates.NAME, Candidates.manifest("a"), List.of(bundle));
    assertThatThrownBy(() -> policy.evaluate(candidate))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(reason);
  }

  private record Judged(PolicyFile policy, List<Signature> signatures) {}

  private static Judged policy(Case made, String change) {
    var issuer = change.equals("another issuer") ? "https://other.test" : SigstoreRig.ISSUER;
    var kind = change.equals("a URI") ? "subjectURI" : "subjectEmail";
    var name = change.equals("a URI") ? SigstoreRig.URI : SigstoreRig.EMAIL;
    var root = new String(Json.write(made.root()), StandardCharsets.UTF_8);
    return new Judged(
        policy(PolicyFiles.data(root), issuer, kind, name),
        List.of(new Signature.Bundle(Json.write(made.bundle()), Map.of())));
  }

  private static PolicyFile policy(String root, String issuer, String kind, String name) {
    return PolicyFiles.of(
        "{\"type\":\"bundleSigned\",\"keyless\":{\"trustedRootData\":\"%s\",\"oidcIssuer\":\"%s\",\"%s\":\"%s\"}}"
            .formatted(root, issuer, kind, name),
        new BundleFormat(Clock.systemUTC()));
  }

  /// The bundle over our manifest that a client of the rig makes, changed.
  static Case changed(SigstoreRig rig, String change) {
    prepare(rig, change);
    var statement = statement();
    var bundle = rig.bundle(statement);
    var made = new Case(bundle, rig.trustedRoot());
    KeylessChanges.alter(rig, made, change);
    return made;
  }

  static byte[] statement() {
    return STATEMENT
        .formatted(Candidates.manifest("a").digest().hex())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void prepare(SigstoreRig rig, String change) {
    rig.second = SecondLog.of(change);
    switch (change) {
      case "a URI" ->
          rig.name = new GeneralName(GeneralName.uniformResourceIdentifier, SigstoreRig.URI);
      case "another email" -> rig.name = new GeneralName(GeneralName.rfc822Name, "x@example.test");
      case "another URI" ->
          rig.name = new GeneralName(GeneralName.uniformResourceIdentifier, SigstoreRig.URI);
      case "email as host name" ->
          rig.name = new GeneralName(GeneralName.dNSName, SigstoreRig.EMAIL);
      case "not for code" -> rig.purpose = KeyPurposeId.id_kp_serverAuth;
      case "certificate not promised" -> rig.promised = false;
      case "signed too late" -> rig.signed = rig.from.plus(Duration.ofMinutes(11));
      case "signed too early" -> rig.signed = rig.from.minusSeconds(5);
      case "timestamp by a false name" -> {
        var mine = rig.clocks;
        rig.clocks = Authority.root("clocks");
        rig.clock = rig.clock(KeyPurposeId.id_kp_timeStamping);
        rig.clocks = mine;
      }
      default -> {}
    }
  }
}
