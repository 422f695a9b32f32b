package dev.ocij.crypt;

import dev.ocij.trust.FuzzTarget;
import dev.ocij.trust.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;

/// The parsers of what layers' keys are wrapped in.
public final class CryptFuzzTargets {
  private CryptFuzzTargets() {}

  public static List<FuzzTarget> all() {
    try {
      var ring = ring();
      var secret = OpenPgpSecret.parse("key", ring.getEncoded(), Passphrase.EMPTY);
      var message =
          OpenPgp.seal("{}".getBytes(StandardCharsets.UTF_8), List.of(ring.getPublicKey()));
      return List.of(
          new FuzzTarget(
              "openpgp-encrypted", List.of(message), bytes -> OpenPgp.open(bytes, List.of(secret))),
          new FuzzTarget(
              "openpgp-secret",
              List.of(ring.getEncoded()),
              bytes -> OpenPgpSecret.parse("key", bytes, Passphrase.EMPTY)));
    } catch (GeneralSecurityException | IOException | PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The same each time: what was found must be found again.
  private static PGPSecretKeyRing ring() throws GeneralSecurityException, PGPException {
    var dice = SecureRandom.getInstance("SHA1PRNG");
    dice.setSeed(1);
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048, dice);
    var pair =
        new JcaPGPKeyPair(
            PublicKeyPacket.VERSION_4,
            PGPPublicKey.RSA_GENERAL,
            generator.generateKeyPair(),
            Date.from(Instant.EPOCH));
    return new PGPKeyRingGenerator(
            PGPSignature.POSITIVE_CERTIFICATION,
            pair,
            "a",
            new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
            null,
            null,
            new BcPGPContentSignerBuilder(PGPPublicKey.RSA_GENERAL, HashAlgorithmTags.SHA256),
            null)
        .generateSecretKeyRing();
  }
}
