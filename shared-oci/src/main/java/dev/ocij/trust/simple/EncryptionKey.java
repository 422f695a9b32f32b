package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.trust.BadSignatureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;

/// Whom OpenPGP encrypts for: keys of gpg's home.
public final class EncryptionKey {
  private EncryptionKey() {}

  /// The key that encrypts for a name: an email address, or a fingerprint. Of several the newest,
  /// as gpg chooses.
  ///
  /// @param environment where `GNUPGHOME` leads to the home
  /// @throws OciException where the home has no such key, more than one, or one that must not be
  ///   used now
  public static PGPPublicKey find(String name, Map<String, String> environment, Instant now) {
    var rings = rings(new Gpg(environment).export(List.of(name)));
    if (rings.size() != 1) {
      throw refused(
          name,
          "gpg has %d keys of that name; say which by its fingerprint".formatted(rings.size()));
    }
    var usable = new ArrayList<PGPPublicKey>();
    var refusals = new ArrayList<String>();
    for (var key : rings.getFirst()) {
      try {
        new OpenPgpKey(rings.getFirst().getPublicKey(), key).requireEncrypts(now);
        usable.add(key);
      } catch (BadSignatureException e) {
        refusals.add(e.sentence());
      }
    }
    return usable.stream()
        .max(Comparator.comparing(PGPPublicKey::getCreationTime))
        .orElseThrow(() -> refused(name, String.join(", ", refusals)));
  }

  private static List<PGPPublicKeyRing> rings(byte[] exported) {
    try {
      var rings = new ArrayList<PGPPublicKeyRing>();
      new BcPGPPublicKeyRingCollection(new ByteArrayInputStream(exported)).forEach(rings::add);
      return rings;
    } catch (IOException | PGPException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "read the keys that gpg exports: " + Quoted.escape(Reason.of(e)),
          e);
    }
  }

  private static OciException refused(String name, String found) {
    return new OciException(
        OciException.Category.USAGE, "encrypt for %s: %s".formatted(Quoted.of(name), found));
  }
}
