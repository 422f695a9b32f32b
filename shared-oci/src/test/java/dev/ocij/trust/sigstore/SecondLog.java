package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.trust.Authority;
import java.util.HexFormat;

/// What a log of Rekor's second version writes down of an envelope, or what it does not.
///
/// @param kind `hashedrekord`, `dsse`, or nothing where the log is of the first version
/// @param change of what it writes down
record SecondLog(String kind, String change) {
  static final SecondLog NONE = new SecondLog("", "");

  /// The log that the name of a case is about.
  static SecondLog of(String name) {
    if (!name.startsWith("second log")) {
      return NONE;
    }
    var kind = name.startsWith("second log, envelope") ? "dsse" : "hashedrekord";
    return new SecondLog(kind, name.replaceFirst("second log(, envelope)?(: )?", ""));
  }

  void describe(ObjectNode kindVersion) {
    kindVersion.put("kind", kind).put("version", "0.0.2");
  }

  byte[] body(Envelope envelope, byte[] signature, byte[] certificate) {
    var body = Json.object();
    body.put("apiVersion", change.equals("of a third version") ? "0.0.3" : "0.0.2");
    body.put("kind", kind);
    boolean dsse = kind.equals("dsse");
    var spec = body.putObject("spec").putObject(dsse ? "dsseV002" : "hashedRekordV002");
    var counted = dsse ? envelope.payload() : envelope.signedBytes();
    spec.set(dsse ? "payloadHash" : "data", hash(counted));
    var written = signature(signature, certificate);
    if (dsse) {
      var all = spec.putArray("signatures").add(written);
      if (change.equals("two signatures")) {
        all.add(written);
      }
    } else {
      spec.set("signature", written);
    }
    return Json.write(body);
  }

  private ObjectNode hash(byte[] counted) {
    var content = change.equals("other content") ? new byte[1] : counted;
    return Json.object()
        .put("algorithm", change.equals("another digest") ? "SHA2_512" : "SHA2_256")
        .put("digest", HexFormat.of().parseHex(Digest.of(content).hex()));
  }

  private ObjectNode signature(byte[] signature, byte[] certificate) {
    var written = Json.object();
    written.put("content", change.equals("another signature") ? new byte[70] : signature);
    var verifier = written.putObject("verifier").put("keyDetails", "PKIX_ECDSA_P256_SHA_256");
    if (change.equals("a key")) {
      var key = Authority.key("EC").getPublic().getEncoded();
      verifier.putObject("publicKey").put("rawBytes", key);
    } else if (!change.equals("nobody's")) {
      var other = change.equals("another certificate") ? new byte[70] : certificate;
      verifier.putObject("x509Certificate").put("rawBytes", other);
    }
    return written;
  }
}
