package dev.ocij.term;

import dev.ocij.copy.Fit;
import dev.ocij.crypt.Encryption;
import dev.ocij.crypt.Recipient;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Who may read the layers that are written.
public final class EncryptFlags {
  private final Supplier<List<String>> recipients;
  private final Supplier<List<String>> layers;

  public EncryptFlags(Options options) {
    recipients =
        options.texts(
            "--encryption-key",
            "jwe:FILE|pkcs7:FILE|pgp:NAME|provider:NAME",
            "encrypt layers for the holder of this key");
    layers =
        options.texts(
            "--encrypt-layer", "N", "encrypt this layer only: 0 is the first, -1 the last");
  }

  /// Whether anything is to be encrypted.
  boolean isGiven() {
    return !recipients.get().isEmpty();
  }

  /// The fit that also encrypts, if that was asked for.
  ///
  /// @throws OciException where what was said makes no sense, or a key cannot be read
  public Fit applied(Fit fit) {
    if (!layers.get().isEmpty() && !isGiven()) {
      throw new OciException(
          OciException.Category.USAGE, "--encrypt-layer can only be used with --encryption-key");
    }
    return isGiven() ? fit.withEncryption(encryption()) : fit;
  }

  private Encryption encryption() {
    return new Encryption(
        words(recipients).map(Recipient::parse).toList(),
        words(layers).map(EncryptFlags::number).toList());
  }

  static Stream<String> words(Supplier<List<String>> given) {
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
}
