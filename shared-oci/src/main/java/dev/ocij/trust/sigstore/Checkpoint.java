package dev.ocij.trust.sigstore;

import dev.ocij.trust.BadSignatureException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// What a log says of its tree: a signed note, as C2SP's tlog-checkpoint has it.
///
/// @param text what is signed; not to be changed
/// @param root of the tree; not to be changed
/// @param signatures not to be changed
record Checkpoint(byte[] text, long size, byte[] root, List<byte[]> signatures) {
  private static final int MOST_SIGNATURES = 16;
  private static final int KEY_HINT = 4;
  private static final String SIGNATURE = "\u2014 ";

  Checkpoint {
    signatures = List.copyOf(signatures);
  }

  /// @throws BadSignatureException where the note is none
  static Checkpoint parse(String note) {
    int end = note.indexOf("\n\n");
    if (end < 0) {
      throw malformed("it has no signature");
    }
    var text = note.substring(0, end + 1);
    var lines = text.lines().toList();
    if (lines.size() < 3) {
      throw malformed("it does not name a tree");
    }
    try {
      return new Checkpoint(
          text.getBytes(StandardCharsets.UTF_8),
          Long.parseLong(lines.get(1)),
          Base64.getDecoder().decode(lines.get(2)),
          signatures(note.substring(end + 2)));
    } catch (IllegalArgumentException _) {
      throw malformed("it does not name a tree");
    }
  }

  /// Whether one of the signatures is by this key.
  boolean isBy(PublicKey key) {
    return signatures.stream().anyMatch(signature -> PublicKeys.verifies(key, text, signature));
  }

  /// Each line holds a name, which nobody relies on, and the signature behind a hint to its key.
  private static List<byte[]> signatures(String lines) {
    var all = new ArrayList<byte[]>();
    for (var line : lines.lines().limit(MOST_SIGNATURES).toList()) {
      var words = line.split(" ", -1);
      if (!line.startsWith(SIGNATURE) || words.length != 3) {
        throw malformed("a signature is none");
      }
      var bytes = Base64.getDecoder().decode(words[2]);
      if (bytes.length <= KEY_HINT) {
        throw malformed("a signature is none");
      }
      all.add(Arrays.copyOfRange(bytes, KEY_HINT, bytes.length));
    }
    return all;
  }

  private static BadSignatureException malformed(String why) {
    return new BadSignatureException("malformed checkpoint of a log: " + why);
  }
}
