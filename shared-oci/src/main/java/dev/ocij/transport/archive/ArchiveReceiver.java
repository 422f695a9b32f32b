package dev.ocij.transport.archive;

import java.io.IOException;
import java.io.InputStream;

/// Who gets a finished archive that is no file.
@FunctionalInterface
public interface ArchiveReceiver {
  /// Takes all of it.
  ///
  /// @param archive closed by whoever calls
  /// @param size in bytes
  void take(InputStream archive, long size) throws IOException;
}
