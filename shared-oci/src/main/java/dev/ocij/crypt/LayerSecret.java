package dev.ocij.crypt;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.security.SecureRandom;

/// What opens one encrypted layer. It is wrapped for each recipient; its JSON form is that of
/// ocicrypt.
///
/// @param key for the cipher, and for the authentication code
/// @param digest of the content before it was encrypted, as the one who encrypted it knew it
record LayerSecret(
    @JsonProperty("symkey") byte[] key,
    String digest,
    @JsonProperty("cipheroptions") Options options) {
  static final int KEY_LENGTH = 32;
  static final int NONCE_LENGTH = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// @param nonce where the cipher's counter begins
  record Options(byte[] nonce) {}

  /// A new one, for content whose digest is not known yet.
  static LayerSecret random() {
    return new LayerSecret(random(KEY_LENGTH), "", new Options(random(NONCE_LENGTH)));
  }

  static LayerSecret parse(byte[] json) {
    var secret = Json.read(json, LayerSecret.class, "key of an encrypted layer");
    if (secret.key == null
        || secret.options == null
        || secret.options.nonce == null
        || secret.key.length != KEY_LENGTH
        || secret.options.nonce.length != NONCE_LENGTH) {
      throw new OciException(
          OciException.Category.INVALID,
          "read key of an encrypted layer: expected a key of 32 bytes and a nonce of 16");
    }
    return secret;
  }

  LayerSecret withDigest(String changed) {
    return new LayerSecret(key, changed, options);
  }

  byte[] json() {
    return Json.write(this);
  }

  static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /// Never shown.
  @Override
  public String toString() {
    return "LayerSecret[…]";
  }
}
