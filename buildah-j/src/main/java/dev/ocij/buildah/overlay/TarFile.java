package dev.ocij.buildah.overlay;

import dev.ocij.image.Blob;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Tells tar archives by their content.
public final class TarFile {
  private static final int MAGIC_AT = 257;
  private static final String MAGIC = "ustar";

  private TarFile() {}

  /// @param plain not compressed any more
  public static boolean isTar(Blob.Opener plain) {
    try (var in = new BufferedInputStream(plain.open())) {
      in.skipNBytes(MAGIC_AT);
      return new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII).equals(MAGIC);
    } catch (IOException _) {
      return false;
    }
  }
}
