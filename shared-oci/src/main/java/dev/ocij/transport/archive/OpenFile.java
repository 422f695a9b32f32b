package dev.ocij.transport.archive;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// What is open already, such as a pipe or `/dev/stdout`: it is written to and never replaced,
/// whatever is behind it. `/dev/stdout` itself is a link that the whole machine needs.
final class OpenFile {
  private static final List<Path> STANDARD_OUTPUT =
      List.of(Path.of("/dev/stdout"), Path.of("/dev/fd/1"), Path.of("/proc/self/fd/1"));

  private OpenFile() {}

  /// Whether a path names an open file: a pipe, a device, or anything below `/dev` and `/proc`.
  static boolean isNamedBy(Path path) {
    var normal = path.toAbsolutePath().normalize();
    return normal.startsWith("/dev")
        || normal.startsWith("/proc")
        || (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path));
  }

  /// Appends to it.
  static void write(InputStream content, Path path) throws IOException {
    if (STANDARD_OUTPUT.contains(path.toAbsolutePath().normalize())) {
      content.transferTo(new FileOutputStream(FileDescriptor.out));
      return;
    }
    try (var out = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
      content.transferTo(out);
    }
  }
}
