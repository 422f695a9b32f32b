package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import dev.ocij.runtime.ownership.KeptOwners;
import java.util.List;

/// A container whose program has begun. It ends with this process at the latest.
public final class RunningContainer {
  private static final int SIGKILL = 9;

  private final Syscalls syscalls;
  private final long pid;
  private final long handle;
  private final List<String> created;
  private final Attended attended;
  private final Outcome<Integer> exitStatus = new Outcome<>();

  RunningContainer(Syscalls syscalls, long pid, List<String> created, Attended attended) {
    this.syscalls = syscalls;
    this.pid = pid;
    this.handle = syscalls.call("pidfd_open", Operand.of(pid));
    this.created = created;
    this.attended = attended;
  }

  /// One that an installed runtime waits for, and that [#ended] is told of.
  RunningContainer(Syscalls syscalls, long pid) {
    this(syscalls, pid, List.of(), Attended.NOTHING);
  }

  /// The container's first process as this process sees it.
  public long pid() {
    return pid;
  }

  /// The files and folders that were made in the root file system because something is mounted on
  /// them, parents first. A layer of what the container wrote leaves out those still empty.
  public List<String> created() {
    return created;
  }

  /// Whose the links and pipes are that the container wrote, where that stands in a record only.
  public KeptOwners owners() {
    return attended.keptOwners();
  }

  /// Waits for the end.
  ///
  /// @return what the program returned, or 128 and the number of the signal that ended it
  public int waitFor() {
    return exitStatus.awaitCalmly();
  }

  /// As [#waitFor], but where this thread is interrupted the container is killed, and the wait is
  /// for its end.
  public int waitOrKill() throws InterruptedException {
    try {
      return exitStatus.await();
    } catch (InterruptedException e) {
      kill(SIGKILL);
      waitFor();
      throw e;
    }
  }

  /// Sends a signal; nothing happens after the end.
  public synchronized void kill(int signal) {
    if (!exitStatus.isKnown()) {
      syscalls.call("pidfd_send_signal", Operand.of(handle), Operand.of(signal));
    }
  }

  /// Waits on the thread that started it, as the kernel wants it.
  void reap() {
    var status = Structure.of(Integer.BYTES);
    long result;
    do {
      result = syscalls.call("wait4", Operand.of(pid), status.memory());
    } while (Errno.EINTR.is(result));
    attended.close();
    ended(ExitStatus.of(status.integer(0)));
  }

  /// What waited for it has seen its end.
  synchronized void ended(int status) {
    exitStatus.complete(status);
    syscalls.call("close", Operand.of(handle));
  }
}
