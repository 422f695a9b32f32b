package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.trust.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The key store of Sequoia, as `sq` fills it: its soft keys are transferable secret keys (RFC
/// 9580, section 10.2), each in a file of its own. Keys of cards and of other machines are not
/// seen.
///
/// @param folder of the soft keys
record SequoiaHome(Path folder) {
  private static final Path SOFT_KEYS = Path.of("keystore", "softkeys");
  private static final int MOST_KEYS = 1000;

  /// @param environment in which `SEQUOIA_HOME`, `XDG_DATA_HOME` and `HOME` count
  static SequoiaHome of(Map<String, String> environment) {
    return new SequoiaHome(data(environment).resolve(SOFT_KEYS));
  }

  private static Path data(Map<String, String> environment) {
    var home = environment.getOrDefault("SEQUOIA_HOME", "");
    if (!home.isEmpty()) {
      return Path.of(home, "data");
    }
    var data = environment.getOrDefault("XDG_DATA_HOME", "");
    return data.isEmpty()
        ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "share", "sequoia")
        : Path.of(data, "sequoia");
  }

  /// The secret key of this fingerprint, or the one of its certificate that signs.
  ///
  /// @throws OciException where it is not there, signs nothing, or the passphrase does not open it
  SecretKey secretKey(String name, Passphrase passphrase, Instant now) {
    var fingerprint = Fingerprint.normal(name);
    for (var file : files()) {
      var found = read(file).flatMap(keys -> keys.of(fingerprint));
      if (found.isPresent()) {
        return found.get().open(passphrase, now);
      }
    }
    throw new OciException(
        OciException.Category.NOT_FOUND,
        "sign with key %s: it is not in \"%s\"; `sq key import` puts one there"
            .formatted(Quoted.escape(name), folder));
  }

  private List<Path> files() {
    try (var files = Files.list(folder)) {
      return files.filter(SequoiaHome::isKey).sorted().limit(MOST_KEYS).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read Sequoia's key store \"%s\": %s".formatted(folder, Reason.of(e)),
          e);
    }
  }

  private static boolean isKey(Path file) {
    return file.toString().endsWith(".pgp") || file.toString().endsWith(".asc");
  }

  /// Of files that hold anything else, Sequoia takes no notice.
  private static Optional<SecretKeyFile> read(Path file) {
    try {
      return Optional.of(SecretKeyFile.read(file));
    } catch (OciException _) {
      return Optional.empty();
    }
  }
}
