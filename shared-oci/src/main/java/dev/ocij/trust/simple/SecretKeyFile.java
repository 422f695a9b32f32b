package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/// Transferable secret keys (RFC 9580, section 10.2) in a file, armored or binary.
record SecretKeyFile(Path file, List<PGPSecretKeyRing> rings) {
  /// @throws OciException of category `INVALID` where the file holds something else
  static SecretKeyFile read(Path file) {
    try (var in = PGPUtil.getDecoderStream(Files.newInputStream(file))) {
      var rings = new ArrayList<PGPSecretKeyRing>();
      new BcPGPSecretKeyRingCollection(in).forEach(rings::add);
      return new SecretKeyFile(file, rings);
    } catch (PGPException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "read secret key \"%s\": %s".formatted(file, Quoted.escape(Reason.of(e))),
          e);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read secret key \"%s\": %s".formatted(file, Reason.of(e)), e);
    }
  }

  /// Of this file only the keys of whom this fingerprint names: a primary key or another of his.
  Optional<SecretKeyFile> of(String fingerprint) {
    return rings.stream()
        .filter(ring -> has(ring.getPublicKeys(), fingerprint))
        .findFirst()
        .map(ring -> new SecretKeyFile(file, List.of(ring)));
  }

  private static boolean has(Iterator<PGPPublicKey> keys, String fingerprint) {
    Iterable<PGPPublicKey> all = () -> keys;
    return StreamSupport.stream(all.spliterator(), false)
        .anyMatch(key -> Fingerprint.of(key).equals(fingerprint));
  }

  /// The key that may sign: a subkey before the primary key, the newest first, as gpg chooses.
  ///
  /// @throws OciException where there is none, or the passphrase does not open it
  SecretKey open(Passphrase passphrase, Instant now) {
    var chosen = choose(now);
    return new SecretKey(chosen.getPublicKey(), open(chosen, passphrase));
  }

  private PGPSecretKey choose(Instant now) {
    var usable = new ArrayList<PGPSecretKey>();
    var refusals = new ArrayList<String>();
    for (var ring : rings) {
      for (var key : ring) {
        try {
          new OpenPgpKey(ring.getPublicKey(), key.getPublicKey()).requireUsable(now);
          if (!key.isPrivateKeyEmpty()) {
            usable.add(key);
          }
        } catch (BadSignatureException e) {
          refusals.add(e.sentence());
        }
      }
    }
    return usable.stream()
        .min(
            Comparator.comparing(PGPSecretKey::isMasterKey)
                .thenComparing(
                    key -> key.getPublicKey().getCreationTime(), Comparator.reverseOrder()))
        .orElseThrow(() ->
            new OciException(
                OciException.Category.INVALID,
                "read secret key \"%s\": no key in it can sign: %s"
                    .formatted(file, String.join(", ", refusals))));
  }

  private PGPPrivateKey open(PGPSecretKey key, Passphrase passphrase) {
    try {
      var decryptor =
          new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
              .build(passphrase.chars());
      return key.extractPrivateKey(decryptor);
    } catch (PGPException | RuntimeException e) {
      throw new OciException(
          OciException.Category.UNAUTHORIZED,
          "open secret key \"%s\": the passphrase is wrong, or the file is damaged".formatted(file),
          e);
    }
  }
}
