package dev.ocij.runtime.ownership;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import dev.ocij.runtime.ownership.Credentials.Ids;
import java.util.ArrayList;
import java.util.List;

/// What processes ask about their identity, and how they change it: credentials(7).
record IdentityCalls(Syscalls syscalls, Processes processes) {
  private static final int MOST_GROUPS = 1 << 16;

  /// The two halves of an identity, which follow the same rules.
  enum Half {
    USER {
      @Override
      Ids of(Credentials all) {
        return all.user();
      }

      @Override
      Credentials with(Credentials all, Ids ids) {
        return all.withUser(ids);
      }
    },
    GROUP {
      @Override
      Ids of(Credentials all) {
        return all.group();
      }

      @Override
      Credentials with(Credentials all, Ids ids) {
        return all.withGroup(ids);
      }
    };

    abstract Ids of(Credentials all);

    abstract Credentials with(Credentials all, Ids ids);
  }

  Answer real(Notice notice, Half half) {
    return new Answer.Result(ids(notice, half).real());
  }

  Answer effective(Notice notice, Half half) {
    return new Answer.Result(ids(notice, half).effective());
  }

  Answer all(Notice notice, Half half) {
    var ids = ids(notice, half);
    var memory = new ThreadMemory(syscalls, notice.thread());
    var values = List.of(ids.real(), ids.effective(), ids.saved());
    for (int i = 0; i < values.size(); i++) {
      if (!memory.write(notice.operands()[i], words(List.of(values.get(i))))) {
        return Answer.of(Errno.EFAULT);
      }
    }
    return Answer.DONE;
  }

  /// For root sets everything, for others the effective id alone.
  Answer set(Notice notice, Half half) {
    long id = notice.id(0);
    if (id == Credentials.UNCHANGED) {
      return Answer.of(Errno.EINVAL);
    }
    var now = processes.of(notice.thread());
    return now.isRoot()
        ? change(notice, half, id, id, id)
        : change(notice, half, Credentials.UNCHANGED, id, Credentials.UNCHANGED);
  }

  /// setreuid(2): the saved id follows the effective one where the real one is set or another
  /// comes.
  Answer setTwo(Notice notice, Half half) {
    long real = notice.id(0);
    long effective = notice.id(1);
    var now = ids(notice, half);
    boolean saves =
        real != Credentials.UNCHANGED
            || (effective != Credentials.UNCHANGED && effective != now.real());
    long then = effective == Credentials.UNCHANGED ? now.effective() : effective;
    return change(notice, half, real, effective, saves ? then : Credentials.UNCHANGED);
  }

  Answer setThree(Notice notice, Half half) {
    return change(notice, half, notice.id(0), notice.id(1), notice.id(2));
  }

  /// Returns the id before, whether it changes or not.
  Answer setInFiles(Notice notice, Half half) {
    var now = processes.of(notice.thread());
    var ids = half.of(now);
    long id = notice.id(0);
    if (id != Credentials.UNCHANGED && (now.isRoot() || ids.has(id) || id == ids.inFiles())) {
      processes.set(notice.thread(), half.with(now, ids.withInFiles(id)));
    }
    return new Answer.Result(ids.inFiles());
  }

  Answer groups(Notice notice) {
    var groups = processes.of(notice.thread()).groups();
    int room = notice.integer(0);
    if (room == 0) {
      return new Answer.Result(groups.size());
    }
    if (room < groups.size()) {
      return Answer.of(Errno.EINVAL);
    }
    var memory = new ThreadMemory(syscalls, notice.thread());
    return groups.isEmpty() || memory.write(notice.operands()[1], words(groups))
        ? new Answer.Result(groups.size())
        : Answer.of(Errno.EFAULT);
  }

  Answer setGroups(Notice notice) {
    var now = processes.of(notice.thread());
    int count = notice.integer(0);
    if (!now.isRoot()) {
      return Answer.of(Errno.EPERM);
    }
    if (count < 0 || count > MOST_GROUPS) {
      return Answer.of(Errno.EINVAL);
    }
    var content = new byte[count * Integer.BYTES];
    if (count > 0
        && !new ThreadMemory(syscalls, notice.thread()).read(notice.operands()[1], content)) {
      return Answer.of(Errno.EFAULT);
    }
    var groups = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      groups.add(Structure.on(content).integer(i * Integer.BYTES) & 0xffff_ffffL);
    }
    processes.set(notice.thread(), now.withGroups(groups));
    return Answer.DONE;
  }

  private Answer change(Notice notice, Half half, long real, long effective, long saved) {
    var now = processes.of(notice.thread());
    var ids = half.of(now);
    boolean allowed =
        now.isRoot()
            || List.of(real, effective, saved).stream()
                .allMatch(id -> id == Credentials.UNCHANGED || ids.has(id));
    if (!allowed) {
      return Answer.of(Errno.EPERM);
    }
    processes.set(notice.thread(), half.with(now, ids.with(real, effective, saved)));
    return Answer.DONE;
  }

  private Ids ids(Notice notice, Half half) {
    return half.of(processes.of(notice.thread()));
  }

  private static byte[] words(List<Long> values) {
    var structure = Structure.of(values.size() * Integer.BYTES);
    for (int i = 0; i < values.size(); i++) {
      structure.integer(i * Integer.BYTES, (int) (long) values.get(i));
    }
    return structure.bytes();
  }
}
