package dev.ocij.trust.simple;

import dev.ocij.trust.BadSignatureException;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/// Which algorithms are strong enough to decide what runs.
final class Algorithms {
  private static final int SMALLEST_RSA = 2048;
  private static final Set<Integer> HASHES =
      Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);

  private Algorithms() {}

  static boolean isStrong(PGPSignature signature) {
    return HASHES.contains(signature.getHashAlgorithm()) && signature.getVersion() >= 4;
  }

  static void requireStrong(PGPSignature signature) {
    if (!isStrong(signature)) {
      throw new BadSignatureException(
          "Signature of version %d with hash algorithm %d is too weak"
              .formatted(signature.getVersion(), signature.getHashAlgorithm()));
    }
  }

  static void requireStrong(PGPPublicKey key) {
    switch (key.getAlgorithm()) {
      case PublicKeyAlgorithmTags.ECDSA,
          PublicKeyAlgorithmTags.EDDSA_LEGACY,
          PublicKeyAlgorithmTags.Ed25519,
          PublicKeyAlgorithmTags.Ed448 -> {}
      case PublicKeyAlgorithmTags.RSA_GENERAL -> {
        if (key.getBitStrength() < SMALLEST_RSA) {
          throw new BadSignatureException(
              "RSA key %s of %d bits is too weak: at least %d are needed"
                  .formatted(Fingerprint.of(key), key.getBitStrength(), SMALLEST_RSA));
        }
      }
      default ->
          throw new BadSignatureException(
              "key %s of algorithm %d is not accepted"
                  .formatted(Fingerprint.of(key), key.getAlgorithm()));
    }
  }
}
