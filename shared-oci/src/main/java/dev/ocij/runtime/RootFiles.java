package dev.ocij.runtime;

import dev.ocij.linux.Errno;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Syscalls;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Small text files of a root file system that somebody else has made.
@FunctionalInterface
public interface RootFiles {

  /// The text of a file, where there is one.
  ///
  /// @throws OciException where it is longer than such a file may be
  Optional<String> read(String path);

  /// The files below a folder. Links are followed inside it and never lead out.
  static RootFiles of(Path rootfs) {
    return new Directory(new LinuxSyscalls(), rootfs);
  }

  /// By openat2(2), so that no link, however swapped, is followed out of the folder.
  record Directory(Syscalls syscalls, Path rootfs) implements RootFiles {
    private static final int LARGEST = 1 << 20;
    private static final long O_PATH = 010000000;
    private static final long NON_BLOCKING_CLOSE_ON_EXEC = 02004000;
    private static final long IN_ROOT_WITHOUT_MAGIC = 0x12;
    private static final int CHUNK = 1 << 14;

    @Override
    public Optional<String> read(String path) {
      long root =
          syscalls.call(
              "openat", Operand.of(-100), Operand.of(rootfs.toString()), Operand.of(O_PATH));
      check(path, root);
      try {
        return open(root, path).map(file -> content(path, file));
      } finally {
        syscalls.call("close", Operand.of(root));
      }
    }

    private Optional<Long> open(long root, String path) {
      var how = ByteBuffer.allocate(3 * Operand.WORD).order(ByteOrder.LITTLE_ENDIAN);
      how.putLong(NON_BLOCKING_CLOSE_ON_EXEC).putLong(0).putLong(IN_ROOT_WITHOUT_MAGIC);
      long file =
          syscalls.call(
              "openat2",
              Operand.of(root),
              Operand.of(path),
              Operand.of(how.array()),
              Operand.of(how.capacity()));
      if (Errno.ENOENT.is(file) || Errno.ENOTDIR.is(file)) {
        return Optional.empty();
      }
      return Optional.of(check(path, file));
    }

    private String content(String path, long file) {
      try {
        var content = new ByteArrayOutputStream();
        var chunk = new byte[CHUNK];
        for (long n = read(path, file, chunk); n > 0; n = read(path, file, chunk)) {
          content.write(chunk, 0, (int) n);
          if (content.size() > LARGEST) {
            throw failure(Category.INVALID, path, "larger than %d bytes".formatted(LARGEST));
          }
        }
        return content.toString(StandardCharsets.UTF_8);
      } finally {
        syscalls.call("close", Operand.of(file));
      }
    }

    private long read(String path, long file, byte[] chunk) {
      return check(
          path,
          syscalls.call("read", Operand.of(file), Operand.of(chunk), Operand.of(chunk.length)));
    }

    private static long check(String path, long result) {
      if (result < 0) {
        throw failure(Category.IO, path, Errno.describe(result));
      }
      return result;
    }

    private static OciException failure(Category category, String path, String found) {
      return new OciException(
          category, "read %s of the root file system: %s".formatted(Quoted.of(path), found));
    }
  }
}
