package dev.ocij.trust;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The secret that opens a private key. It is never shown.
public final class Passphrase {
  public static final Passphrase EMPTY = of("");
  private static final int LARGEST_FILE = 64 << 10;

  private final String text;

  private Passphrase(String text) {
    this.text = text;
  }

  public static Passphrase of(String text) {
    return new Passphrase(text);
  }

  /// The first line of a file, without its end.
  public static Passphrase read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var content = new String(in.readNBytes(LARGEST_FILE), StandardCharsets.UTF_8);
      return of(content.lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read passphrase file \"%s\": %s".formatted(file, Reason.of(e)),
          e);
    }
  }

  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public char[] chars() {
    return text.toCharArray();
  }

  @Override
  public String toString() {
    return "Passphrase[…]";
  }
}
