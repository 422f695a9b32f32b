package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.trust.BadSignatureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What an entry of a log says: a digest, a signature and who made it. Entries for other artifacts
/// have been passed off as proof before, so each of the three is compared.
///
/// @param digest of what was signed, in hexadecimal
/// @param ofPayload whether only the payload was counted
/// @param signature not to be changed
/// @param verifier a public key or certificate in PEM; not to be changed
record LoggedSignature(String digest, boolean ofPayload, byte[] signature, byte[] verifier) {
  static LoggedSignature parse(byte[] body) {
    try {
      var entry = Json.readTree(body, "log entry");
      var kind = entry.path("kind").asText() + " " + entry.path("apiVersion").asText();
      return switch (kind) {
        case "hashedrekord 0.0.1" -> hashed(entry.path("spec"));
        case "dsse 0.0.1" -> dsse(entry.path("spec"));
        default ->
            throw new BadSignatureException(
                "a log entry of kind %s is not known".formatted(Quoted.of(kind)));
      };
    } catch (BadSignatureException e) {
      throw e;
    } catch (OciException | IOException e) {
      throw new BadSignatureException("malformed log entry", e);
    }
  }

  /// @param signer the DER form of the key or certificate
  void requireOf(SignedContent signed, byte[] signer) {
    var counted = ofPayload ? signed.payload() : signed.content();
    if (!digest.equals(Digest.of(counted).hex())) {
      throw new BadSignatureException("the log entry is for other content");
    }
    if (!Arrays.equals(signature, signed.signature())) {
      throw new BadSignatureException("the log entry is for another signature");
    }
    if (!Arrays.equals(Pem.any(verifier).content(), signer)) {
      throw new BadSignatureException("the log entry is for another key");
    }
  }

  private static LoggedSignature hashed(JsonNode spec) throws IOException {
    var hash = spec.path("data").path("hash");
    if (!hash.path("algorithm").asText().equals("sha256")) {
      throw new BadSignatureException("the log entry has no SHA-256 digest");
    }
    var signature = spec.path("signature");
    return new LoggedSignature(
        hash.path("value").asText(),
        false,
        bytes(signature.path("content")),
        bytes(signature.path("publicKey").path("content")));
  }

  private static LoggedSignature dsse(JsonNode spec) throws IOException {
    var signatures = spec.path("signatures");
    if (signatures.size() != 1
        || !spec.path("payloadHash").path("algorithm").asText().equals("sha256")) {
      throw new BadSignatureException("the log entry has not one signature over a SHA-256 digest");
    }
    return new LoggedSignature(
        spec.path("payloadHash").path("value").asText(),
        true,
        bytes(signatures.path(0).path("signature")),
        bytes(signatures.path(0).path("verifier")));
  }

  private static byte[] bytes(JsonNode node) throws IOException {
    var bytes = node.binaryValue();
    return bytes == null ? "".getBytes(StandardCharsets.US_ASCII) : bytes;
  }
}
