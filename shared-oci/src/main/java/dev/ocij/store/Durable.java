package dev.ocij.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that appear whole or not at all, also after a power cut.
final class Durable {
  private Durable() {}

  /// Replaces a file: afterwards it has the new content, at any moment the old or the new.
  static void write(Path file, byte[] content) throws IOException {
    var written = Files.createTempFile(directoryOf(file), "." + file.getFileName(), ".tmp");
    try {
      Files.write(written, content);
      Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r--r--"));
      rename(written, file);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /// Gives a written file its name, its content on the disk first.
  static void rename(Path written, Path file) throws IOException {
    sync(written);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    sync(directoryOf(file));
  }

  /// Waits until a file's content, or a directory's names, are on the disk.
  static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path directoryOf(Path file) {
    var parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no file: " + file);
    }
    return parent;
  }
}
