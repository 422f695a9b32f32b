package dev.ocij.buildah.life;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;

/// The keys that end an attachment and leave the container as it is.
public final class DetachKeys {
  private static final String USUAL = "ctrl-p,ctrl-q";

  private final byte[] sequence;
  private int matched;
  private boolean complete;

  private DetachKeys(byte[] sequence) {
    this.sequence = sequence;
  }

  public static DetachKeys usual() {
    return parse(USUAL);
  }

  /// `KEY,KEY`, each a character or `ctrl-` and a letter or one of `@[\]^_`; nothing for no keys.
  public static DetachKeys parse(String text) {
    var keys = text.isEmpty() ? Stream.<String>of() : Stream.of(text.split(","));
    var bytes = new ByteArrayOutputStream();
    keys.forEach(key -> bytes.write(code(key, text)));
    return new DetachKeys(bytes.toByteArray());
  }

  private static int code(String key, String text) {
    if (key.length() == 1 && key.charAt(0) < 0x80) {
      return key.charAt(0);
    }
    if (key.matches("ctrl-[a-z@\\[\\\\\\]^_]")) {
      return Character.toUpperCase(key.charAt(5)) & 0x1f;
    }
    throw new OciException(
        OciException.Category.USAGE,
        "invalid detach keys %s: expected characters or ctrl-LETTER, separated by commas"
            .formatted(Quoted.of(text)));
  }

  /// What of the typed bytes goes to the container. Keys that may be the beginning of the sequence
  /// are held back until it is clear.
  synchronized byte[] pass(byte[] typed, int length) {
    var passed = new ByteArrayOutputStream(length);
    for (int i = 0; i < length && !complete; i++) {
      pass(typed[i], passed);
    }
    return passed.toByteArray();
  }

  private void pass(byte key, ByteArrayOutputStream passed) {
    if (matched < sequence.length && key == sequence[matched]) {
      matched++;
      complete = matched == sequence.length;
      return;
    }
    passed.write(sequence, 0, matched);
    boolean again = sequence.length > 0 && matched > 0 && key == sequence[0];
    matched = again ? 1 : 0;
    complete = again && sequence.length == 1;
    if (!again) {
      passed.write(key);
    }
  }

  /// Whether all keys have been typed.
  synchronized boolean isComplete() {
    return complete;
  }
}
