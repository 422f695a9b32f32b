package dev.ocij.crypt;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What anyone may know of a layer's encryption, as ocicrypt writes it.
///
/// @param hmac the authentication code of the encrypted content
record PublicOptions(
    @Nullable String cipher,
    byte @Nullable [] hmac,
    @JsonProperty("cipheroptions") @Nullable Map<String, String> options) {
  private static final String CIPHER = "AES_256_CTR_HMAC_SHA256";

  static PublicOptions of(byte[] code) {
    return new PublicOptions(CIPHER, code, Map.of());
  }

  byte[] checkedCode() {
    if (!CIPHER.equals(cipher) || hmac == null) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "decrypt layer: encrypted by %s; expected %s with its authentication code"
              .formatted(Quoted.of(String.valueOf(cipher)), CIPHER));
    }
    return hmac;
  }
}
