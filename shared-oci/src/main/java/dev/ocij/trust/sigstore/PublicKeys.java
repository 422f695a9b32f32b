package dev.ocij.trust.sigstore;

import dev.ocij.spec.Digest;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/// The public keys of a requirement, any of which may have signed.
record PublicKeys(List<PublicKey> keys) {
  static final String PEM_TYPE = "PUBLIC KEY";

  /// @param files PEM, one key each
  static PublicKeys parse(List<byte[]> files) {
    return new PublicKeys(
        files.stream()
            .map(file -> Pem.read(file, List.of(PEM_TYPE), "public key"))
            .map(pem -> KeyAlgorithm.publicKey(pem.content()))
            .toList());
  }

  /// The key that made a signature.
  Optional<PublicKey> signerOf(byte[] content, byte[] signature) {
    return keys.stream().filter(key -> verifies(key, content, signature)).findFirst();
  }

  List<String> names() {
    return keys.stream().map(PublicKeys::name).toList();
  }

  /// A key's name: the digest of its X.509 form.
  static String name(PublicKey key) {
    return Digest.of(key.getEncoded()).toString();
  }

  static boolean verifies(PublicKey key, byte[] content, byte[] signature) {
    try {
      var verifier = KeyAlgorithm.signature(key);
      verifier.initVerify(key);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (GeneralSecurityException _) {
      return false; // the bytes are no signature at all
    }
  }
}
