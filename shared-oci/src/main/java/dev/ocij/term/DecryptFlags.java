package dev.ocij.term;

import dev.ocij.copy.Fit;
import dev.ocij.crypt.Decryption;
import dev.ocij.crypt.DecryptionKeys;
import dev.ocij.edit.Edit;
import dev.ocij.spec.OciException;
import java.util.List;
import java.util.function.Supplier;

/// Whose keys open the layers that are read.
public final class DecryptFlags {
  private final Supplier<List<String>> keys;

  public DecryptFlags(Options options) {
    keys =
        options.texts(
            "--decryption-key",
            "FILE[:PASSPHRASE]|provider:NAME",
            "decrypt layers with this private key");
  }

  /// Whether anything is to be decrypted.
  boolean isGiven() {
    return !keys.get().isEmpty();
  }

  /// The fit that also decrypts, if that was asked for.
  ///
  /// @throws OciException where a key cannot be read
  public Fit applied(Fit fit) {
    return isGiven() ? fit.withDecryption(edit()) : fit;
  }

  /// What decrypts, or does nothing where nobody asked for that.
  ///
  /// @throws OciException where a key cannot be read
  public Edit edit() {
    return isGiven()
        ? new Decryption(DecryptionKeys.parse(EncryptFlags.words(keys).toList()))
        : Edit.NOTHING;
  }
}
