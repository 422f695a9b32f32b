package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.trust.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// The changes of [KeylessTest] to a bundle that is made, and to its trusted root.
final class KeylessChanges {
  private KeylessChanges() {}

  static void alter(SigstoreRig rig, KeylessTest.Case made, String name) {
    var change = name.replaceFirst("^second log(, envelope)?(: )?", "");
    switch (change) {
      case "no promise of the log" -> made.entry().remove("inclusionPromise");
      case "no proof of the log", "no proof" -> made.entry().remove("inclusionProof");
      case "no timestamp" -> made.material().remove("timestampVerificationData");
      case "no log and no timestamp" -> {
        made.material().remove("timestampVerificationData");
        made.material().remove("tlogEntries");
      }
      case "no promise and no timestamp" -> {
        made.material().remove("timestampVerificationData");
        made.entry().remove("inclusionPromise");
      }
      case "neither promise nor proof" -> {
        made.entry().remove("inclusionPromise");
        made.entry().remove("inclusionProof");
      }
      case "entry of another bundle" ->
          ((ArrayNode) made.material().get("tlogEntries"))
              .removeAll()
              .add(rig.bundle(new byte[1]).at("/verificationMaterial/tlogEntries/0"));
      case "certificate of a stranger" ->
          made.root()
              .set(
                  "certificateAuthorities",
                  new SigstoreRig().trustedRoot().get("certificateAuthorities"));
      case "no certificate" -> made.material().remove("certificate");
      case "payload altered" ->
          ((ObjectNode) made.bundle().get("dsseEnvelope"))
              .put("payload", "{}".getBytes(StandardCharsets.UTF_8));
      default -> {
        proof(rig, made, change);
        timestamps(rig, made, change);
        root(rig, made, change);
      }
    }
  }

  private static void proof(SigstoreRig rig, KeylessTest.Case made, String change) {
    var proof = made.proof();
    var hashes = (ArrayNode) proof.get("hashes");
    switch (change) {
      case "proof of another place" -> proof.put("logIndex", "2");
      case "proof outside the tree" -> proof.put("logIndex", "5");
      case "proof altered" -> hashes.set(0, hashes.get(1));
      case "proof too short" -> hashes.remove(2);
      case "proof too long" -> hashes.add(hashes.get(0));
      case "proof to another root" -> proof.put("rootHash", new byte[32]);
      case "proof of a larger tree" -> proof.put("treeSize", "9");
      case "proof without root" -> proof.put("rootHash", new byte[0]);
      case "proof of no number" -> proof.put("treeSize", "many");
      case "checkpoint of another tree" -> checkpoint(proof, rig.checkpoint(new byte[32], 5));
      case "checkpoint of another size" ->
          checkpoint(proof, rig.checkpoint(bytes(proof, "rootHash"), 6));
      case "checkpoint by a stranger" ->
          checkpoint(proof, new SigstoreRig().checkpoint(bytes(proof, "rootHash"), 5));
      case "checkpoint altered" -> checkpoint(proof, note(proof).replaceFirst("^rekor", "rekord"));
      case "checkpoint cut" -> checkpoint(proof, note(proof).substring(0, 20));
      case "checkpoint without signature" ->
          checkpoint(proof, note(proof).replaceFirst("(?s)\n\n.*", "\n\n"));
      case "checkpoint with other lines" -> checkpoint(proof, note(proof) + "signed\n");
      case "no checkpoint" -> proof.remove("checkpoint");
      case "promise by a stranger" ->
          ((ObjectNode) made.entry().get("inclusionPromise"))
              .put(
                  "signedEntryTimestamp",
                  new SigstoreRig().promise(bytes(made.entry(), "canonicalizedBody"), 1003));
      case "promise of another time" ->
          made.entry().put("integratedTime", "" + (rig.signed.getEpochSecond() + 1));
      default -> {}
    }
  }

  private static void timestamps(SigstoreRig rig, KeylessTest.Case made, String change) {
    var first = (ObjectNode) made.timestamps().get(0);
    var content = bytes((ObjectNode) made.bundle().at("/dsseEnvelope/signatures/0"), "sig");
    switch (change) {
      case "timestamp of another bundle" ->
          first.put("signedTimestamp", rig.timestamp(new byte[1]));
      case "timestamp by a stranger" -> {
        rig.clockKey = Authority.key("EC");
        first.put("signedTimestamp", rig.timestamp(content));
      }
      case "timestamp cut" ->
          first.put("signedTimestamp", Arrays.copyOf(bytes(first, "signedTimestamp"), 99));
      case "timestamp not there" -> first.removeAll();
      case "timestamp empty" -> first.put("signedTimestamp", new byte[0]);
      case "timestamp too early" -> {
        rig.signed = rig.from.minusSeconds(5);
        first.put("signedTimestamp", rig.timestamp(content));
      }
      case "timestamp too late" -> first.put("signedTimestamp", late(rig, content));
      case "second timestamp too late" ->
          made.timestamps().addObject().put("signedTimestamp", late(rig, content));
      case "too many timestamps" -> {
        for (int i = 0; i < 32; i++) {
          made.timestamps().add(first);
        }
      }
      default -> {}
    }
  }

  private static byte[] late(SigstoreRig rig, byte[] content) {
    rig.signed = rig.from.plus(Duration.ofHours(1));
    return rig.timestamp(content);
  }

  private static void root(SigstoreRig rig, KeylessTest.Case made, String change) {
    var root = made.root();
    switch (change) {
      case "no log in the root" -> root.remove("tlogs");
      case "no clock in the root" -> root.remove("timestampAuthorities");
      case "no certificate log in the root" -> root.remove("ctlogs");
      case "another log in the root too" ->
          ((ArrayNode) root.get("tlogs")).insert(0, new SigstoreRig().trustedRoot().at("/tlogs/0"));
      case "an unknown kind of key in the root too" ->
          ((ArrayNode) root.get("ctlogs"))
              .insertObject(0)
              .putObject("publicKey")
              .put("rawBytes", "");
      case "nobody in the root" -> {
        root.remove("tlogs");
        root.remove("timestampAuthorities");
      }
      case "log not known yet" -> window(root, "/tlogs/0/publicKey/validFor", "start", rig);
      case "log known no more" -> window(root, "/tlogs/0/publicKey/validFor", "end", rig);
      case "log of a proof known no more" -> {
        made.entry().remove("inclusionPromise");
        window(root, "/tlogs/0/publicKey/validFor", "end", rig);
      }
      case "clock known no more" -> window(root, "/timestampAuthorities/0/validFor", "end", rig);
      case "authority not known yet" ->
          window(root, "/certificateAuthorities/0/validFor", "start", rig);
      case "authority known no more" ->
          window(root, "/certificateAuthorities/0/validFor", "end", rig);
      case "certificate log known no more" ->
          ((ObjectNode) root.at("/ctlogs/0/publicKey/validFor"))
              .put("end", rig.from.minusSeconds(30).toString());
      case "promised by a stranger" ->
          root.set("ctlogs", new SigstoreRig().trustedRoot().get("ctlogs"));
      default -> {}
    }
  }

  /// It begins a minute after the signature, or has ended a minute before it.
  private static void window(ObjectNode root, String place, String end, SigstoreRig rig) {
    var other = rig.signed.plusSeconds(end.equals("start") ? 60 : -60);
    ((ObjectNode) root.at(place)).put(end, other.toString());
  }

  private static void checkpoint(ObjectNode proof, String note) {
    proof.putObject("checkpoint").put("envelope", note);
  }

  private static String note(ObjectNode proof) {
    return proof.at("/checkpoint/envelope").asText();
  }

  private static byte[] bytes(ObjectNode of, String key) {
    try {
      return of.get(key).binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
