package dev.ocij.runtime.ownership;

import dev.ocij.layer.Entry;
import dev.ocij.layer.FileRecord;
import dev.ocij.layer.Owner;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import java.util.Optional;

/// Tells the recorded owner, and the recorded device, of a file; of one without a record the kernel
/// tells the truth.
record StatusCalls(Syscalls syscalls, ContainerPaths paths, FileRecords records) {
  private static final int STAT = 144;
  private static final int PERMISSIONS = 07777;

  /// What is on record about a file.
  private record OnRecord(Owner owner, Optional<FileRecord.RecordedDevice> device) {
    boolean isEmpty() {
      return owner.equals(Owner.ROOT) && device.isEmpty();
    }
  }

  /// @param target the address that gets a `struct stat`
  Answer stat(Notice notice, Named named, long target) {
    return tell(notice, named, target, this::stat);
  }

  /// @param target the address that gets a `struct statx`
  /// @param mask what the caller asks for
  Answer statx(Notice notice, Named named, long target, long mask) {
    return tell(notice, named, target, (file, found) -> statx(file, found, mask));
  }

  /// Writes a structure about a file and what is on record.
  @FunctionalInterface
  private interface Telling {
    Structure tell(Handle file, OnRecord found);
  }

  private Answer tell(Notice notice, Named named, long target, Telling telling) {
    var opened = paths.open(named);
    if (opened.isEmpty()) {
      return Answer.PROCEED;
    }
    try (var file = opened.get()) {
      var found = new OnRecord(records.owner(file), records.device(file));
      if (found.isEmpty()) {
        return Answer.PROCEED;
      }
      var told = telling.tell(file, found).bytes();
      return new ThreadMemory(syscalls, notice.thread()).write(target, told)
          ? Answer.DONE
          : Answer.PROCEED;
    }
  }

  /// Offsets of x86_64.
  private Structure stat(Handle file, OnRecord found) {
    var stat = Structure.of(STAT);
    syscalls.call(
        "newfstatat",
        Operand.of(file.descriptor()),
        Operand.of(""),
        stat.memory(),
        Operand.of(Handle.AT_EMPTY_PATH));
    stat.integer(28, (int) found.owner().uid()).integer(32, (int) found.owner().gid());
    found
        .device()
        .ifPresent(is -> {
          stat.integer(24, kind(is) | (stat.integer(24) & PERMISSIONS));
          stat.word(40, number(is.device().major(), is.device().minor()));
        });
    return stat;
  }

  private Structure statx(Handle file, OnRecord found, long mask) {
    var statx = Structure.of(Handle.STATX);
    syscalls.call(
        "statx",
        Operand.of(file.descriptor()),
        Operand.of(""),
        Operand.of(Handle.AT_EMPTY_PATH),
        Operand.of(mask),
        statx.memory());
    statx.integer(20, (int) found.owner().uid()).integer(24, (int) found.owner().gid());
    found
        .device()
        .ifPresent(is -> {
          statx.halfWord(28, kind(is) | (statx.halfWord(28) & PERMISSIONS));
          statx.integer(128, is.device().major()).integer(132, is.device().minor());
        });
    return statx;
  }

  private static int kind(FileRecord.RecordedDevice device) {
    return device.type() == Entry.Type.BLOCK ? FileStatus.BLOCK : FileStatus.CHARACTER;
  }

  /// As makedev(3).
  private static long number(long major, long minor) {
    return (minor & 0xff)
        | ((major & 0xfff) << 8)
        | ((minor & ~0xffL) << 12)
        | ((major & ~0xfffL) << 32);
  }
}
