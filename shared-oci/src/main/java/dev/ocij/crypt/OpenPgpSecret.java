package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.trust.Passphrase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/// A file of OpenPGP secret keys, as gpg exports them, and what opens them.
///
/// @param name of the file
record OpenPgpSecret(String name, BcPGPSecretKeyRingCollection rings, Passphrase passphrase) {
  private static final String ARMOR = "-----BEGIN PGP PRIVATE KEY BLOCK";

  /// The first byte of a packet with a secret key: the old forms, and the new one.
  private static final int OLD = 0x94;

  private static final int NEW = 0xc5;

  /// Whether a file is one of OpenPGP, and no other kind of key.
  static boolean isMeant(byte[] file) {
    int first = file.length == 0 ? 0 : file[0] & 0xff;
    return (first & 0xfc) == OLD
        || first == NEW
        || new String(file, StandardCharsets.ISO_8859_1).contains(ARMOR);
  }

  static OpenPgpSecret parse(String name, byte[] file, Passphrase passphrase) {
    try (var in = PGPUtil.getDecoderStream(new ByteArrayInputStream(file))) {
      return new OpenPgpSecret(name, new BcPGPSecretKeyRingCollection(in), passphrase);
    } catch (IOException | PGPException | RuntimeException e) { // the parser throws whatever comes
      throw new OciException(
          OciException.Category.INVALID,
          "read OpenPGP key %s: %s".formatted(Quoted.of(name), Quoted.escape(Reason.of(e))),
          e);
    }
  }

  /// The key with this id, opened.
  ///
  /// @throws OciException of category `UNAUTHORIZED` where the passphrase does not open it
  Optional<PGPKeyPair> find(long id) throws PGPException {
    var key = rings.getSecretKey(id);
    return key == null || key.isPrivateKeyEmpty() ? Optional.empty() : Optional.of(opened(key));
  }

  private PGPKeyPair opened(PGPSecretKey key) {
    try {
      var decryptor =
          new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
              .build(passphrase.chars());
      return new PGPKeyPair(key.getPublicKey(), key.extractPrivateKey(decryptor));
    } catch (PGPException | RuntimeException e) {
      throw new OciException(
          OciException.Category.UNAUTHORIZED,
          "read key %s: the passphrase does not open it; add :pass=TEXT or :file=PATH"
              .formatted(name),
          e);
    }
  }
}
