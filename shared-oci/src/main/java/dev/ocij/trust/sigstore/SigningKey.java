package dev.ocij.trust.sigstore;

import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.TokenKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;

/// A private key that signs, opened, and its public half.
public record SigningKey(PrivateKey key, PublicKey publicKey) {
  static final String PEM_TYPE = "ENCRYPTED SIGSTORE PRIVATE KEY";
  private static final List<String> PEM_TYPES = List.of(PEM_TYPE, "ENCRYPTED COSIGN PRIVATE KEY");

  /// Reads a key as cosign or skopeo wrote it.
  ///
  /// @throws OciException of category `UNAUTHORIZED` where the passphrase is wrong
  public static SigningKey read(Path file, Passphrase passphrase) {
    try (var in = Files.newInputStream(file)) {
      return parse(in.readNBytes(Json.LARGEST_DOCUMENT), passphrase);
    } catch (OciException e) {
      throw e.during("read \"%s\"".formatted(file));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read \"%s\": %s".formatted(file, Reason.of(e)), e);
    }
  }

  static SigningKey parse(byte[] pem, Passphrase passphrase) {
    var block = Pem.read(pem, PEM_TYPES, "sigstore private key");
    var encrypted = Json.read(block.content(), EncryptedKey.class, "sigstore private key");
    var der = encrypted.decrypt(passphrase);
    return new SigningKey(KeyAlgorithm.privateKey(der), PublicHalf.of(der));
  }

  /// A key that stays on its token.
  ///
  /// @throws OciException where a key of its kind does not sign here
  public static SigningKey of(TokenKey token) {
    KeyAlgorithm.requireSupported(token.publicKey());
    return new SigningKey(token.key(), token.publicKey());
  }

  byte[] sign(byte[] content) {
    try {
      var signer = KeyAlgorithm.signature(publicKey); // of the other half a token may show nothing
      signer.initSign(key);
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE, "sign with sigstore key: " + Reason.of(e), e);
    }
  }

  /// What a bundle calls the key by: the digest of its X.509 form.
  byte[] hint() {
    return Digest.Algorithm.SHA256.newHash().digest(publicKey.getEncoded());
  }
}
