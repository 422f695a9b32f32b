package dev.ocij.layer;

import java.io.IOException;
import java.io.InputStream;

/// What stands where inside one layer tar.
public final class TarIndex {
  /// Reads a plain tar to its end, once, and keeps no content. The stream is not closed.
  public static TarIndex read(InputStream tar) throws IOException {
    throw new UnsupportedOperationException("not yet");
  }
}
