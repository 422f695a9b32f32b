package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.trust.Passphrase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The private keys that a layer's key may be wrapped for.
public record DecryptionKeys(List<PrivateKey> keys) {
  public DecryptionKeys {
    keys = List.copyOf(keys);
  }

  /// The keys in these texts: a file, and behind a colon the passphrase that opens it, in words
  /// (`pass=…`, or without `pass=`), as the first line of a file (`file=…`) or of an open
  /// descriptor (`fd=…`). Certificates may stand among them, as the peers need them for PKCS #7;
  /// their keys are found without.
  public static DecryptionKeys parse(List<String> texts) {
    return new DecryptionKeys(
        texts.stream().map(DecryptionKeys::key).filter(Objects::nonNull).toList());
  }

  private static @Nullable PrivateKey key(String text) {
    if (text.startsWith("provider:")) {
      throw new OciException(
          OciException.Category.UNSUPPORTED, "--decryption-key provider: is not implemented yet");
    }
    int colon = Files.exists(Path.of(text)) ? -1 : text.indexOf(':');
    var file = colon < 0 ? text : text.substring(0, colon);
    var passphrase = colon < 0 ? null : passphrase(text.substring(colon + 1));
    return switch (KeyFile.read(file).content(passphrase)) {
      case PrivateKey key -> key;
      case X509Certificate _ -> null;
      case Object _ ->
          throw new OciException(
              OciException.Category.USAGE,
              "Invalid decryption keys: %s is not a private key".formatted(Quoted.of(file)));
    };
  }

  private static Passphrase passphrase(String text) {
    if (text.startsWith("pass=")) {
      return Passphrase.of(text.substring("pass=".length()));
    }
    if (text.startsWith("file=")) {
      return Passphrase.read(Path.of(text.substring("file=".length())));
    }
    if (text.startsWith("fd=")) {
      return Passphrase.read(Path.of("/dev/fd", text.substring("fd=".length())));
    }
    return Passphrase.of(text);
  }
}
