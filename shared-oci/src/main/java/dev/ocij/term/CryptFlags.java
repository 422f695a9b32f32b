package dev.ocij.term;

import dev.ocij.copy.Fit;
import dev.ocij.crypt.Decryption;
import dev.ocij.crypt.DecryptionKeys;
import dev.ocij.crypt.Encryption;
import dev.ocij.crypt.Recipient;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Who may read the layers that are written, and whose keys open those that are read.
public final class CryptFlags {
  private final Supplier<List<String>> recipients;
  private final Supplier<List<String>> layers;
  private final Supplier<List<String>> keys;

  public CryptFlags(Options options) {
    recipients =
        options.texts(
            "--encryption-key", "jwe:FILE|pkcs7:FILE", "encrypt layers for the holder of this key");
    layers =
        options.texts(
            "--encrypt-layer", "N", "encrypt this layer only: 0 is the first, -1 the last");
    keys =
        options.texts(
            "--decryption-key", "FILE[:PASSPHRASE]", "decrypt layers with this private key");
  }

  /// The fit that also decrypts or encrypts, as far as that was asked for.
  ///
  /// @throws OciException where what was said makes no sense, or a key cannot be read
  public Fit applied(Fit fit) {
    check();
    var decrypting =
        keys.get().isEmpty()
            ? fit
            : fit.withDecryption(new Decryption(DecryptionKeys.parse(words(keys).toList())));
    return recipients.get().isEmpty() ? decrypting : decrypting.withEncryption(encryption());
  }

  private void check() {
    if (!layers.get().isEmpty() && recipients.get().isEmpty()) {
      throw usage("--encrypt-layer can only be used with --encryption-key");
    }
    if (!keys.get().isEmpty() && !recipients.get().isEmpty()) {
      throw usage("--encryption-key and --decryption-key cannot be specified together");
    }
  }

  private Encryption encryption() {
    return new Encryption(
        words(recipients).map(Recipient::parse).toList(),
        words(layers).map(CryptFlags::number).toList());
  }

  private static Stream<String> words(Supplier<List<String>> given) {
    return given.get().stream().flatMap(text -> Stream.of(text.split(",")));
  }

  private static Integer number(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new OciException(
          OciException.Category.USAGE,
          "--encrypt-layer %s: expected a number, as 0 for the first layer or -1 for the last"
              .formatted(Quoted.of(text)),
          e);
    }
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
