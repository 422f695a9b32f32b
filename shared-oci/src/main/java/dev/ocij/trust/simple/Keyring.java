package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;
import org.jspecify.annotations.Nullable;

/// OpenPGP public keys that are trusted, however valid each is.
public final class Keyring {
  private static final Pattern ARMOR = Pattern.compile("(?=-----BEGIN PGP)");

  private final Map<String, PGPPublicKeyRing> rings = new LinkedHashMap<>();

  private Keyring() {}

  /// The keys of files, armored or binary; a key that stands in several is one key with the news of
  /// all.
  ///
  /// @throws OciException of category `INVALID` where a file is no public keyring or an empty one
  public static Keyring parse(List<byte[]> files) {
    var keyring = new Keyring();
    files.stream().flatMap(file -> blocks(file).stream()).forEach(keyring::add);
    return keyring;
  }

  /// The key with this id, primary or subordinate, and its primary key.
  Optional<OpenPgpKey> find(long keyId) {
    return rings.values().stream()
        .filter(ring -> ring.getPublicKey(keyId) != null)
        .findFirst()
        .map(ring -> new OpenPgpKey(ring.getPublicKey(), ring.getPublicKey(keyId)));
  }

  private void add(byte[] block) {
    try (var in = PGPUtil.getDecoderStream(new ByteArrayInputStream(block))) {
      var collection = new BcPGPPublicKeyRingCollection(in);
      if (collection.size() == 0) {
        throw invalid("there is no key in it", null);
      }
      for (var ring : collection) {
        add(ring);
      }
    } catch (IOException | PGPException | RuntimeException e) {
      throw e instanceof OciException known ? known : invalid(Reason.of(e), e);
    }
  }

  private void add(PGPPublicKeyRing ring) throws PGPException {
    var fingerprint = Fingerprint.of(ring.getPublicKey());
    var known = rings.get(fingerprint);
    rings.put(fingerprint, known == null ? ring : PGPPublicKeyRing.join(known, ring));
  }

  /// The armored blocks of a file one by one, or the binary file.
  private static List<byte[]> blocks(byte[] file) {
    var text = new String(file, StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN PGP")) {
      return List.of(file);
    }
    var blocks = new ArrayList<byte[]>();
    for (var block : ARMOR.split(text)) {
      if (block.startsWith("-----BEGIN PGP")) {
        blocks.add(block.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return blocks;
  }

  private static OciException invalid(String found, @Nullable Throwable cause) {
    var sentence = "read OpenPGP keyring: " + Quoted.escape(found);
    return new OciException(OciException.Category.INVALID, sentence, cause);
  }
}
