package dev.ocij.runtime.rootless;

import static dev.ocij.linux.Operand.ZERO;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Paths of the container as calls: each is looked up by openat2(2) from a handle of the root file
/// system and cannot leave it, however the image has laid its links.
final class RootLowering {
  static final long O_PATH = 010000000;
  static final long O_CLOEXEC = 02000000;
  private static final long NO_SYMLINKS = 0x04;
  private static final long NO_MAGIC_LINKS = 0x02;
  private static final long IN_ROOT = 0x10;
  private static final int OPEN_HOW_SIZE = 24;
  private static final int REGULAR_FILE = 0100000;

  private final ProgramWriter writer;
  private Operand root = ProgramWriter.CURRENT_DIRECTORY;

  RootLowering(ProgramWriter writer) {
    this.writer = writer;
  }

  /// The handle of the root file system.
  Operand handle() {
    return root;
  }

  /// From here on paths begin in this folder of the host, which becomes the current directory.
  void enter(Path rootfs) {
    writer.call("chdir", Operand.of(rootfs.toString()));
    root =
        writer.call(
            "openat",
            ProgramWriter.CURRENT_DIRECTORY,
            Operand.of("."),
            Operand.of(O_PATH | O_CLOEXEC));
  }

  /// A handle of what a path leads to.
  Operand.Result open(String path) {
    return open(path, O_PATH, 0);
  }

  Operand.Result open(String path, long flags, long resolve) {
    return writer.call("openat2", operands(path, flags, resolve));
  }

  /// As [#open(String)]; where there is none, the handle is an error, and who uses it gets EBADF.
  Operand.Result openIfPresent(String path) {
    return writer.callTolerating(Errno.ENOENT, "openat2", operands(path, O_PATH, 0));
  }

  /// A handle of a folder, made with those above it where missing.
  Operand.Result directory(String path) {
    return directory(path, 0);
  }

  /// As [#directory(String)], where no component may be a link.
  Operand.Result realDirectory(String path) {
    return directory(path, NO_SYMLINKS);
  }

  /// A handle of a file, made empty with the folders above it where missing.
  Operand.Result file(String path) {
    var names = names(path);
    var parent = directory(join(names.subList(0, names.size() - 1)));
    writer.create(
        path,
        "mknodat",
        parent,
        Operand.of(names.getLast()),
        Operand.of(REGULAR_FILE | 0644),
        ZERO);
    return open(path);
  }

  private Operand.Result directory(String path, long resolve) {
    var names = names(path);
    var parent = open("/", O_PATH, resolve);
    for (int i = 0; i < names.size(); i++) {
      var below = join(names.subList(0, i + 1));
      writer.create(below, "mkdirat", parent, Operand.of(names.get(i)), Operand.of(0755));
      parent = open(below, O_PATH, resolve);
    }
    return parent;
  }

  private Operand[] operands(String path, long flags, long resolve) {
    var how =
        Structure.of(OPEN_HOW_SIZE)
            .word(0, flags | O_CLOEXEC)
            .word(16, IN_ROOT | NO_MAGIC_LINKS | resolve);
    return new Operand[] {root, Operand.of(path), how.memory(), Operand.of(OPEN_HOW_SIZE)};
  }

  private static List<String> names(String path) {
    return Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
  }

  private static String join(List<String> names) {
    return "/" + String.join("/", names);
  }
}
