package dev.ocij.store;

import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Temporary files for what comes once and is read more often.
public final class Spool {
  private Spool() {}

  /// All of a stream in a file of this directory, which is gone when it is closed.
  ///
  /// @throws IOException whose message names the directory where it takes no file: what is read
  ///   must not seem to be missing
  public static FileChannel of(InputStream in, Path directory) throws IOException {
    var channel =
        FileChannel.open(
            temporaryFile(directory),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    boolean whole = false;
    try {
      in.transferTo(Channels.newOutputStream(channel));
      whole = true;
      return channel;
    } finally {
      if (!whole) {
        channel.close();
      }
    }
  }

  private static Path temporaryFile(Path directory) throws IOException {
    try {
      return Files.createTempFile(directory, "ocij-archive-", ".tar");
    } catch (IOException e) {
      throw new IOException(
          "make a temporary file in %s: %s"
              .formatted(Quoted.escape(directory.toString()), Reason.of(e)),
          e);
    }
  }
}
