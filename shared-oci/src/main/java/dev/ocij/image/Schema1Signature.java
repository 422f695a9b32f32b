package dev.ocij.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.util.encoders.Base32;

/// The signature that a schema 1 manifest must have, by a key made for the moment: it proves
/// nothing, for its key stands beside it. In the form of JSON Web Signature that Docker had.
final class Schema1Signature {
  private static final int FIELD = 32;
  private static final int FINGERPRINT = 30;

  private Schema1Signature() {}

  /// The manifest, a JSON object without white space around it, with a signature.
  static byte[] signed(byte[] manifest) {
    int end = manifest.length - 1;
    var header =
        Json.object()
            .put("formatLength", end)
            .put("formatTail", base64(new byte[] {manifest[end]}))
            .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    var covered = base64(Json.write(header));
    var signature = signature(covered, manifest);
    var text = new String(manifest, 0, end, StandardCharsets.UTF_8);
    return (text
            + ",\"signatures\":["
            + new String(Json.write(signature), StandardCharsets.UTF_8)
            + "]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode signature(String covered, byte[] manifest) {
    try {
      var pair = pair();
      var signing = Signature.getInstance("SHA256withECDSAinP1363Format");
      signing.initSign(pair.getPrivate());
      signing.update((covered + "." + base64(manifest)).getBytes(StandardCharsets.US_ASCII));
      var signature = Json.object();
      var header = signature.putObject("header");
      header.set("jwk", key((ECPublicKey) pair.getPublic()));
      header.put("alg", "ES256");
      return signature.put("signature", base64(signing.sign())).put("protected", covered);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static ObjectNode key(ECPublicKey key) throws GeneralSecurityException {
    return Json.object()
        .put("crv", "P-256")
        .put("kid", name(key))
        .put("kty", "EC")
        .put("x", base64(field(key.getW().getAffineX())))
        .put("y", base64(field(key.getW().getAffineY())));
  }

  /// The key's fingerprint as Docker writes it: twelve groups of four letters.
  private static String name(ECPublicKey key) throws GeneralSecurityException {
    var hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
    var letters = Base32.toBase32String(Arrays.copyOf(hash, FINGERPRINT));
    return String.join(":", letters.split("(?<=\\G.{4})"));
  }

  private static byte[] field(BigInteger number) {
    var bytes = number.toByteArray();
    var field = new byte[FIELD];
    int length = Math.min(bytes.length, FIELD);
    System.arraycopy(bytes, bytes.length - length, field, FIELD - length, length);
    return field;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
