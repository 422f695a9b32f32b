package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Passphrase;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.SCrypt;
import org.jspecify.annotations.Nullable;

/// The JSON inside cosign's encrypted PEM: a PKCS#8 key in a [SecretBox], whose key scrypt derives
/// from the passphrase.
record EncryptedKey(Kdf kdf, Cipher cipher, byte[] ciphertext) {
  private static final String SCRYPT = "scrypt";
  private static final String SECRETBOX = "nacl/secretbox";
  private static final int SALT_SIZE = 32;

  record Kdf(String name, Params params, byte[] salt) {}

  record Cipher(String name, byte[] nonce) {}

  /// The costs of scrypt, which the file states: cosign has raised them over time.
  record Params(@JsonProperty("N") int n, int r, int p) {
    private static final Params NOW = new Params(1 << 16, 8, 1);
    private static final long MOST_MEMORY = 256L << 20;
    private static final int MOST_PASSES = 16;

    /// Whether these are costs of scrypt that a stranger's file may ask for.
    private boolean isBearable() {
      return n > 1
          && Integer.bitCount(n) == 1
          && r > 0
          && p > 0
          && p <= MOST_PASSES
          && 128L * n * r <= MOST_MEMORY;
    }
  }

  EncryptedKey {
    requirePresent(kdf, "kdf");
    requirePresent(cipher, "cipher");
    requirePresent(ciphertext, "ciphertext");
  }

  static EncryptedKey encrypt(byte[] pkcs8, Passphrase passphrase) {
    var random = new SecureRandom();
    var salt = random(random, SALT_SIZE);
    var nonce = random(random, SecretBox.NONCE_SIZE);
    var box = SecretBox.seal(pkcs8, derive(passphrase, salt, Params.NOW), nonce);
    return new EncryptedKey(new Kdf(SCRYPT, Params.NOW, salt), new Cipher(SECRETBOX, nonce), box);
  }

  /// The PKCS#8 form.
  ///
  /// @throws OciException of category `UNAUTHORIZED` where the passphrase is wrong
  byte[] decrypt(Passphrase passphrase) {
    requireSupported();
    var key = derive(passphrase, kdf.salt, kdf.params);
    var plain = SecretBox.open(ciphertext, key, cipher.nonce);
    if (plain == null) {
      throw new OciException(
          OciException.Category.UNAUTHORIZED,
          "decrypt sigstore private key: the passphrase is wrong, or the file is damaged");
    }
    return plain;
  }

  private void requireSupported() {
    requirePresent(kdf.params, "params");
    requirePresent(kdf.salt, "salt");
    requirePresent(cipher.nonce, "nonce");
    if (!SCRYPT.equals(kdf.name) || !SECRETBOX.equals(cipher.name)) {
      throw invalid("only scrypt with nacl/secretbox is supported");
    }
    if (!kdf.params.isBearable()) {
      throw invalid("the scrypt parameters are out of bounds");
    }
    if (cipher.nonce.length != SecretBox.NONCE_SIZE) {
      throw invalid("the nonce is not %d bytes long".formatted(SecretBox.NONCE_SIZE));
    }
  }

  private static byte[] derive(Passphrase passphrase, byte[] salt, Params params) {
    return SCrypt.generate(
        passphrase.utf8(), salt, params.n, params.r, params.p, SecretBox.KEY_SIZE);
  }

  private static byte[] random(SecureRandom random, int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void requirePresent(@Nullable Object value, String field) {
    if (value == null) {
      throw invalid("the field \"%s\" is missing".formatted(field));
    }
  }

  private static OciException invalid(String found) {
    return new OciException(OciException.Category.INVALID, "read sigstore private key: " + found);
  }
}
