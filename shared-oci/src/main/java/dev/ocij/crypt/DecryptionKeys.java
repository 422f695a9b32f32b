package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.trust.Passphrase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// What may open a layer's key: private keys of their own, OpenPGP keys, and key providers.
public record DecryptionKeys(
    List<PrivateKey> keys, List<OpenPgpSecret> openPgp, List<KeyProvider> providers) {
  private static final String PROVIDER = "provider:";

  public DecryptionKeys {
    keys = List.copyOf(keys);
    openPgp = List.copyOf(openPgp);
    providers = List.copyOf(providers);
  }

  /// The keys in these texts: a file, and behind a colon the passphrase that opens it, in words
  /// (`pass=…`, or without `pass=`), as the first line of a file (`file=…`) or of an open
  /// descriptor (`fd=…`). Certificates may stand among them, as the peers need them for PKCS #7;
  /// their keys are found without. `provider:NAME` is a program that opens keys.
  public static DecryptionKeys parse(List<String> texts) {
    var keys = new ArrayList<PrivateKey>();
    var openPgp = new ArrayList<OpenPgpSecret>();
    var providers = new ArrayList<KeyProvider>();
    for (var text : texts) {
      if (text.startsWith(PROVIDER)) {
        providers.add(KeyProvider.parse(text.substring(PROVIDER.length()), System.getenv()));
        continue;
      }
      switch (key(text)) {
        case PrivateKey key -> keys.add(key);
        case OpenPgpSecret secret -> openPgp.add(secret);
        case X509Certificate _ -> {}
        case Object _ ->
            throw new OciException(
                OciException.Category.USAGE,
                "Invalid decryption keys: %s is not a private key"
                    .formatted(Quoted.of(file(text))));
      }
    }
    return new DecryptionKeys(keys, openPgp, providers);
  }

  private static Object key(String text) {
    var name = file(text);
    var file = KeyFile.read(name);
    boolean locked = name.length() < text.length();
    var passphrase = locked ? passphrase(text.substring(name.length() + 1)) : null;
    return OpenPgpSecret.isMeant(file.bytes())
        ? OpenPgpSecret.parse(
            file.name(), file.bytes(), passphrase == null ? Passphrase.EMPTY : passphrase)
        : file.content(passphrase);
  }

  private static String file(String text) {
    int colon = Files.exists(Path.of(text)) ? -1 : text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
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
