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
import java.util.HexFormat;

/// What an entry of a log says: a digest, a signature and who made it. Entries for other artifacts
/// have been passed off as proof before, so each of the three is compared.
///
/// @param digest of what was signed, in hexadecimal
/// @param ofPayload whether only the payload was counted
/// @param signature not to be changed
/// @param verifier a public key or certificate in DER; not to be changed
record LoggedSignature(String digest, boolean ofPayload, byte[] signature, byte[] verifier) {
  static LoggedSignature parse(byte[] body) {
    try {
      var entry = Json.readTree(body, "log entry");
      var kind = entry.path("kind").asText() + " " + entry.path("apiVersion").asText();
      return switch (kind) {
        case "hashedrekord 0.0.1" -> hashed(entry.path("spec"));
        case "dsse 0.0.1" -> dsse(entry.path("spec"));
        case "hashedrekord 0.0.2" -> hashed2(entry.path("spec").path("hashedRekordV002"));
        case "dsse 0.0.2" -> dsse2(entry.path("spec").path("dsseV002"));
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
    if (!Arrays.equals(verifier, signer)) {
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
        Pem.any(bytes(signature.path("publicKey").path("content"))).content());
  }

  /// As Rekor writes since its version 2: without text forms of what is bytes.
  private static LoggedSignature hashed2(JsonNode spec) throws IOException {
    return new LoggedSignature(
        digest(spec.path("data")),
        false,
        bytes(spec.path("signature").path("content")),
        verifier(spec.path("signature").path("verifier")));
  }

  private static LoggedSignature dsse2(JsonNode spec) throws IOException {
    var signatures = spec.path("signatures");
    if (signatures.size() != 1) {
      throw new BadSignatureException("the log entry has not one signature");
    }
    return new LoggedSignature(
        digest(spec.path("payloadHash")),
        true,
        bytes(signatures.path(0).path("content")),
        verifier(signatures.path(0).path("verifier")));
  }

  private static String digest(JsonNode hash) throws IOException {
    if (!hash.path("algorithm").asText().equals("SHA2_256")) {
      throw new BadSignatureException("the log entry has no SHA-256 digest");
    }
    return HexFormat.of().formatHex(bytes(hash.path("digest")));
  }

  private static byte[] verifier(JsonNode verifier) throws IOException {
    var held = verifier.has("publicKey") ? "publicKey" : "x509Certificate";
    return bytes(verifier.path(held).path("rawBytes"));
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
        Pem.any(bytes(signatures.path(0).path("verifier"))).content());
  }

  private static byte[] bytes(JsonNode node) throws IOException {
    var bytes = node.binaryValue();
    return bytes == null ? "".getBytes(StandardCharsets.US_ASCII) : bytes;
  }
}
