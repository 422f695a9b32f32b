package dev.ocij.runtime;

import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
import dev.ocij.linux.SystemCallException;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The files of a root file system that is a folder.
record FolderFiles(Path rootfs) implements RootFiles {
  private static final int LARGEST = 1 << 20;

  @Override
  public Optional<String> read(String path) {
    try (var content = Directory.openFileInRoot(rootfs, path).content()) {
      var bytes = content.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw failure(Category.INVALID, path, "larger than %d bytes".formatted(LARGEST));
      }
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (SystemCallException e) {
      if (e.is(Errno.ENOENT, Errno.ENOTDIR)) {
        return Optional.empty();
      }
      throw failure(Category.IO, path, Errno.describe(-e.errno()));
    } catch (IOException e) {
      throw failure(Category.IO, path, String.valueOf(e.getMessage()));
    }
  }

  private static OciException failure(Category category, String path, String found) {
    return new OciException(
        category, "read %s of the root file system: %s".formatted(Quoted.of(path), found));
  }
}
