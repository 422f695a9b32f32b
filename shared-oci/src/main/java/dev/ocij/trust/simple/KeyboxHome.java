package dev.ocij.trust.simple;

import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Passphrase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.gpg.keybox.PublicKeyRingBlob;
import org.bouncycastle.gpg.keybox.bc.BcKeyBox;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/// A home of gpg, read without gpg: `pubring.kbx` and `private-keys-v1.d`. Where something in it is
/// not understood it has nothing, and gpg may be asked.
record KeyboxHome(Path folder) {
  private static final int LARGEST = 64 << 20;
  private static final int LARGEST_KEY = 1 << 20;
  private static final int MOST_KEYS = 1000;

  static KeyboxHome of(Map<String, String> environment) {
    var named = environment.getOrDefault("GNUPGHOME", "");
    return new KeyboxHome(
        named.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".gnupg")
            : Path.of(named));
  }

  /// The public keys with these fingerprints; empty where one of them is not there.
  Optional<byte[]> export(List<String> fingerprints) {
    var rings = rings();
    var out = new ByteArrayOutputStream();
    try {
      for (var name : fingerprints) {
        var ring = find(rings, name);
        if (ring.isEmpty()) {
          return Optional.empty();
        }
        ring.get().encode(out);
      }
    } catch (IOException _) {
      return Optional.empty();
    }
    return Optional.of(out.toByteArray());
  }

  /// The secret key of this fingerprint that signs: a subkey before the primary key, the newest
  /// first, as gpg chooses; empty where only gpg can tell or open it.
  ///
  /// @throws dev.ocij.spec.OciException of category `UNAUTHORIZED` where the passphrase is wrong
  Optional<SecretKey> secretKey(String name, Passphrase passphrase, Instant now) {
    return find(rings(), Fingerprint.normal(name))
        .flatMap(ring -> secretKey(ring, passphrase, now));
  }

  private Optional<SecretKey> secretKey(PGPPublicKeyRing ring, Passphrase passphrase, Instant now) {
    var usable = new ArrayList<PGPPublicKey>();
    ring.forEach(key -> {
      if (isUsable(ring, key, now)) {
        usable.add(key);
      }
    });
    usable.sort(
        Comparator.comparing(PGPPublicKey::isMasterKey)
            .thenComparing(PGPPublicKey::getCreationTime, Comparator.reverseOrder()));
    return usable.isEmpty() ? Optional.empty() : open(usable.getFirst(), passphrase);
  }

  private Optional<SecretKey> open(PGPPublicKey key, Passphrase passphrase) {
    return agentKey(key)
        .filter(found -> !found.isProtected() || passphrase.utf8().length > 0)
        .flatMap(found -> found.open(key, passphrase))
        .map(opened -> new SecretKey(key, opened));
  }

  private static boolean isUsable(PGPPublicKeyRing ring, PGPPublicKey key, Instant now) {
    try {
      new OpenPgpKey(ring.getPublicKey(), key).requireUsable(now);
      return true;
    } catch (BadSignatureException _) {
      return false;
    }
  }

  /// Files are called by a digest of the key that is laborious to compute, so what is in them
  /// tells.
  private Optional<AgentKey> agentKey(PGPPublicKey key) {
    try (var files = Files.list(folder.resolve("private-keys-v1.d"))) {
      return files
          .filter(file -> file.toString().endsWith(".key"))
          .sorted()
          .limit(MOST_KEYS)
          .flatMap(file -> agentKey(file).stream())
          .filter(found -> found.isOf(key))
          .findFirst();
    } catch (IOException | UncheckedIOException _) {
      return Optional.empty();
    }
  }

  private static Optional<AgentKey> agentKey(Path file) {
    try {
      return AgentKey.parse(read(file, LARGEST_KEY));
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private List<PGPPublicKeyRing> rings() {
    var rings = new ArrayList<PGPPublicKeyRing>();
    try {
      for (var blob : new BcKeyBox(read(folder.resolve("pubring.kbx"), LARGEST)).getKeyBlobs()) {
        if (blob instanceof PublicKeyRingBlob keys) {
          rings.add(keys.getPGPPublicKeyRing());
        }
      }
    } catch (IOException | RuntimeException _) {
      return List.of();
    }
    return rings;
  }

  private static Optional<PGPPublicKeyRing> find(List<PGPPublicKeyRing> rings, String fingerprint) {
    for (var ring : rings) {
      for (var key : ring) {
        if (Fingerprint.of(key).equals(fingerprint)) {
          return Optional.of(ring);
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] read(Path file, int most) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("too large");
      }
      return bytes;
    }
  }
}
