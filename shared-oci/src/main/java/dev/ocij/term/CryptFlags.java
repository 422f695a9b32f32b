package dev.ocij.term;

import dev.ocij.copy.Fit;
import dev.ocij.spec.OciException;

/// Who may read the layers that are written, or whose keys open those that are read.
public final class CryptFlags {
  private final EncryptFlags encrypt;
  private final DecryptFlags decrypt;

  public CryptFlags(Options options) {
    encrypt = new EncryptFlags(options);
    decrypt = new DecryptFlags(options);
  }

  /// The fit that also decrypts or encrypts, as far as that was asked for.
  ///
  /// @throws OciException where what was said makes no sense, or a key cannot be read
  public Fit applied(Fit fit) {
    if (encrypt.isGiven() && decrypt.isGiven()) {
      throw new OciException(
          OciException.Category.USAGE,
          "--encryption-key and --decryption-key cannot be specified together");
    }
    return encrypt.applied(decrypt.applied(fit));
  }
}
