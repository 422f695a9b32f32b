package dev.ocij.trust.simple;

import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.openpgp.PGPPublicKey;

/// Names of OpenPGP keys, in upper case as gpg shows them.
final class Fingerprint {
  private Fingerprint() {}

  static String of(PGPPublicKey key) {
    return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
  }

  /// As typed: gpg shows groups of four, some write `0x` before them.
  static String normal(String typed) {
    var plain = typed.replace(" ", "").toUpperCase(Locale.ROOT);
    return plain.startsWith("0X") ? plain.substring(2) : plain;
  }
}
