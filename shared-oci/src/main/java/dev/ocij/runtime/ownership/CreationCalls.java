package dev.ocij.runtime.ownership;

import dev.ocij.layer.Device;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import dev.ocij.linux.Errno;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Makes files for those whose files are not root's, so that the record has their owner, and
/// devices for root. All else the kernel makes.
record CreationCalls(
    Syscalls syscalls, ContainerPaths paths, Processes processes, FileRecords records) {
  static final int O_CREAT = 0100;

  private static final int O_RDWR = 2;
  private static final int O_EXCL = 0200;
  private static final int O_TRUNC = 01000;
  private static final int O_NOFOLLOW = 0400000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_PATH = 010000000;
  private static final int KIND = 0170000;
  private static final int SET_GROUP = 02000;
  private static final int OWNER_ONLY = 0600;
  private static final long AT_SYMLINK_NOFOLLOW = 0x100;

  /// Opens a file that may not exist.
  Answer open(Notice notice, Named named, int flags, long mode) {
    return make(notice, named, false, made -> file(made, flags, mode));
  }

  Answer directory(Notice notice, Named named, long mode) {
    return make(notice, named, false, made -> directory(made, mode));
  }

  /// @param target the address of what the link says
  Answer symlink(Notice notice, Named named, long target) {
    var text = new ThreadMemory(syscalls, notice.thread()).text(target);
    return text.isEmpty()
        ? Answer.PROCEED
        : make(notice, named, false, made -> symlink(made, text.get()));
  }

  Answer node(Notice notice, Named named, long mode, long number) {
    boolean device = isDevice(mode) && number != 0;
    if (device && !processes.of(notice.thread()).isRoot()) {
      return Answer.of(Errno.EPERM);
    }
    return make(
        notice,
        named,
        device,
        made -> device ? device(made, mode, number) : pipe(made, mode, number));
  }

  /// @param always whether the kernel would not do it, whoever asks
  /// @param making gives the result
  private Answer make(Notice notice, Named named, boolean always, Function<Made, Answer> making) {
    var path = new ThreadMemory(syscalls, notice.thread()).text(named.path());
    var split = path.flatMap(ParentAndName::of);
    if (split.isEmpty()) {
      return Answer.PROCEED;
    }
    var opened =
        paths.open(
            new Named(named.thread(), named.directory(), named.path(), true), split.get().parent());
    if (opened.isEmpty()) {
      return Answer.PROCEED;
    }
    try (var parent = opened.get()) {
      boolean setsGroup = (parent.mode() & SET_GROUP) != 0;
      var owner = ownerOfNew(notice, parent, setsGroup);
      boolean kernels = owner.equals(Owner.ROOT) && !always;
      if (kernels && !records.minds()) {
        return Answer.PROCEED;
      }
      var umask = Processes.umask(notice.thread());
      var made = new Made(parent, split.get().name(), owner, setsGroup, umask);
      if (exists(made)) {
        return Answer.PROCEED;
      }
      records.replace(made.path());
      return kernels ? Answer.PROCEED : making.apply(made);
    }
  }

  private Owner ownerOfNew(Notice notice, Handle parent, boolean setsGroup) {
    var caller = processes.of(notice.thread());
    long group = setsGroup ? records.owner(parent).gid() : caller.group().inFiles();
    return new Owner(caller.user().inFiles(), group);
  }

  private boolean exists(Made made) {
    var statx = new byte[Handle.STATX];
    return syscalls.call(
            "statx",
            parent(made),
            name(made),
            Operand.of(AT_SYMLINK_NOFOLLOW),
            Operand.of(1),
            Operand.of(statx))
        >= 0;
  }

  /// Opens the new file for the caller, who may not be able to: its permissions are for later.
  private Answer file(Made made, int flags, long mode) {
    long created = create(made, made.permissions(mode));
    if (created < 0) {
      return Answer.PROCEED;
    }
    try (var file = new Handle(syscalls, created)) {
      records.setOwner(file, made.owner());
    }
    int rest = (flags & ~(O_CREAT | O_EXCL | O_TRUNC)) | O_NOFOLLOW | O_CLOEXEC;
    long opened = syscalls.call("openat", parent(made), name(made), Operand.of(rest));
    return opened < 0
        ? new Answer.Result(opened)
        : new Answer.Descriptor(opened, (flags & O_CLOEXEC) != 0);
  }

  private long create(Made made, int permissions) {
    long created =
        syscalls.call(
            "openat",
            parent(made),
            name(made),
            Operand.of(O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC),
            Operand.of(OWNER_ONLY));
    if (created >= 0) {
      syscalls.call("fchmod", Operand.of(created), Operand.of(permissions));
    }
    return created;
  }

  private Answer directory(Made made, long mode) {
    long result = syscalls.call("mkdirat", parent(made), name(made), Operand.of(0700));
    if (result < 0) {
      return new Answer.Result(result);
    }
    int permissions = (made.permissions(mode) & ~SET_GROUP) | (made.setsGroup() ? SET_GROUP : 0);
    syscalls.call("fchmodat", parent(made), name(made), Operand.of(permissions));
    return record(made);
  }

  private Answer symlink(Made made, byte[] target) {
    long result = syscalls.call("symlinkat", Operand.of(target), parent(made), name(made));
    return result < 0 ? new Answer.Result(result) : record(made);
  }

  private Answer pipe(Made made, long mode, long number) {
    long result =
        syscalls.call(
            "mknodat",
            parent(made),
            name(made),
            Operand.of((mode & KIND) | OWNER_ONLY),
            Operand.of(number));
    if (result < 0) {
      return new Answer.Result(result);
    }
    syscalls.call("fchmodat", parent(made), name(made), Operand.of(made.permissions(mode)));
    return record(made);
  }

  /// An empty file with a record of what it stands for.
  private Answer device(Made made, long mode, long number) {
    long created = create(made, made.permissions(mode));
    if (created < 0) {
      return new Answer.Result(created);
    }
    var type = (mode & KIND) == FileStatus.BLOCK ? Entry.Type.BLOCK : Entry.Type.CHARACTER;
    int major = (int) ((number >> 8) & 0xfff);
    int minor = (int) ((number & 0xff) | ((number >> 12) & 0xfff00));
    try (var file = new Handle(syscalls, created)) {
      if (records.setDevice(file, type, new Device(major, minor))) {
        records.setOwner(file, made.owner());
        return Answer.DONE;
      }
    }
    syscalls.call("unlinkat", parent(made), name(made), Operand.ZERO);
    return Answer.of(Errno.EPERM);
  }

  private Answer record(Made made) {
    long descriptor =
        syscalls.call(
            "openat", parent(made), name(made), Operand.of(O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (descriptor >= 0) {
      try (var file = new Handle(syscalls, descriptor)) {
        records.setOwner(file, made.owner());
      }
    }
    return Answer.DONE;
  }

  private static boolean isDevice(long mode) {
    long kind = mode & KIND;
    return kind == FileStatus.CHARACTER || kind == FileStatus.BLOCK;
  }

  private static Operand parent(Made made) {
    return Operand.of(made.parent().descriptor());
  }

  private static Operand name(Made made) {
    return Operand.of(made.name());
  }

  /// A path in two parts, both with a zero byte at the end.
  private record ParentAndName(byte[] parent, byte[] name) {
    /// Empty where the last component is no name of its own.
    static Optional<ParentAndName> of(byte[] path) {
      var text =
          new String(path, 0, path.length - 1, StandardCharsets.ISO_8859_1)
              .replaceAll("(?<=.)/+$", "");
      int slash = text.lastIndexOf('/');
      var name = text.substring(slash + 1);
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return Optional.empty();
      }
      var parent = slash < 0 ? "." : text.substring(0, slash + 1);
      return Optional.of(new ParentAndName(bytes(parent), bytes(name)));
    }

    private static byte[] bytes(String text) {
      var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      return Arrays.copyOf(bytes, bytes.length + 1);
    }
  }
}
