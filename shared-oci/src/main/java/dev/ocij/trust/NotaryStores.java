package dev.ocij.trust;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Trust stores of the Notary Project: below a folder for each kind a folder for each name, full of
/// certificates and of nothing else.
record NotaryStores(Path folder) {
  private static final List<String> KINDS = List.of("ca", "signingAuthority", "tsa");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern CERTIFICATE = Pattern.compile("(?i).*\\.(pem|crt|cer)");

  /// The certificates of all named stores of one kind.
  ///
  /// @param stores as `ca:NAME`
  /// @throws OciException where a name is none, or a store holds what it must not
  KeySource read(String kind, List<String> stores) {
    var files = new ArrayList<Path>();
    for (var store : stores) {
      int colon = store.indexOf(':');
      var name = store.substring(colon + 1);
      boolean known = colon > 0 && KINDS.contains(store.substring(0, colon));
      if (!known || !NAME.matcher(name).matches() || name.matches("\\.+")) {
        throw invalid(store, "expected ca:NAME, signingAuthority:NAME or tsa:NAME");
      }
      if (store.startsWith(kind + ":")) {
        files.addAll(files(store, folder.resolve(kind).resolve(name)));
      }
    }
    return new KeySource(files, List.of());
  }

  private static List<Path> files(String store, Path folder) {
    try (var entries = Files.list(folder)) {
      var files = entries.sorted().toList();
      for (var file : files) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || !CERTIFICATE.matcher(file.toString()).matches()) {
          throw invalid(store, "%s is no file of certificates".formatted(Quoted.of("" + file)));
        }
      }
      if (files.isEmpty()) {
        throw invalid(store, "it is empty");
      }
      return files;
    } catch (IOException e) {
      throw invalid(store, Reason.of(e));
    }
  }

  private static OciException invalid(String store, String found) {
    return new OciException(
        OciException.Category.INVALID,
        "read trust store %s: %s".formatted(Quoted.of(store), found));
  }
}
