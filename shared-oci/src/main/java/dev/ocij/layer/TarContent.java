package dev.ocij.layer;

import java.io.IOException;
import java.io.InputStream;

/// Where the bytes of a plain layer tar are read from.
@FunctionalInterface
public interface TarContent {
  /// The tar from this byte on; the caller closes it.
  InputStream openAt(long offset) throws IOException;
}
