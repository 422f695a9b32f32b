package dev.ocij.runtime.ownership;

import dev.ocij.linux.Architecture;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import dev.ocij.runtime.User;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Answers the calls about owners and identities of one container, on a thread of its own, from its
/// start to its end.
///
/// The container's process makes the filter and sends what it gives through a socket before it
/// becomes the container's program.
public final class OwnerKeeper implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM_CLOEXEC = 1 | 02000000;
  private static final int CONTROL = 24;
  private static final int CONTROL_CONTENT = 16;
  private static final long GET_ACTION_AVAILABLE = 2;
  private static final int ASK = 0x7fc0_0000;

  private final Syscalls syscalls;
  private final int ours;
  private final int theirs;
  private final Processes processes;
  private final FileRecords records;
  private final Thread thread;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OwnerKeeper(Syscalls syscalls, Structure sockets, Credentials first, OwnersBelow below) {
    this.syscalls = syscalls;
    this.ours = sockets.integer(0);
    this.theirs = sockets.integer(4);
    this.records = new FileRecords(below);
    this.processes = new Processes(first);
    this.thread = Thread.ofPlatform().name("owners").daemon().unstarted(this::serve);
  }

  /// Whether the kernel asks about calls at all: it does since version 5.9.
  public static boolean isPossible(Syscalls syscalls) {
    var action = Structure.of(Integer.BYTES).integer(0, ASK);
    return Architecture.current() == Architecture.X86_64
        && syscalls.call("seccomp", Operand.of(GET_ACTION_AVAILABLE), Operand.ZERO, action.memory())
            >= 0;
  }

  /// Begins; to be closed when the container has ended, or did not begin.
  ///
  /// @param user whom the container's first program takes itself for
  /// @param below what its tree has of others
  public static OwnerKeeper open(Syscalls syscalls, User user, OwnersBelow below) {
    var sockets = Structure.of(2 * Integer.BYTES);
    long result =
        syscalls.call(
            "socketpair",
            Operand.of(AF_UNIX),
            Operand.of(SOCK_STREAM_CLOEXEC),
            Operand.ZERO,
            sockets.memory());
    if (result < 0) {
      throw new IllegalStateException("no pair of sockets: " + result);
    }
    var groups = user.additionalGids().stream().map(Integer::toUnsignedLong).toList();
    var first =
        Credentials.of(
            Integer.toUnsignedLong(user.uid()), Integer.toUnsignedLong(user.gid()), groups);
    var keeper = new OwnerKeeper(syscalls, sockets, first, below);
    keeper.thread.start();
    return keeper;
  }

  /// The filter that asks, as `struct sock_filter` in memory.
  public static byte[] filter() {
    return KeptCalls.filter(Architecture.current()).bytes();
  }

  /// For the container's process.
  ///
  /// @param socket through which it sends what the filter gave
  /// @param listener a number for that: it is taken here, so nothing else of the process has it
  public record Ends(int socket, int listener) {}

  public Ends ends() {
    return new Ends(theirs, ours);
  }

  /// What was recorded of links and pipes.
  public KeptOwners owners() {
    return records;
  }

  private void serve() {
    long received = receive();
    if (received < 0) {
      return;
    }
    var listener = new CallListener(syscalls, received, ours);
    var answers = KeptAnswers.of(syscalls, processes, records);
    try {
      for (var notice = listener.next(); notice.isPresent(); notice = listener.next()) {
        answer(listener, answers, notice.get());
      }
    } finally {
      listener.close();
    }
  }

  /// No call waits for ever, whatever happens here.
  private static void answer(CallListener listener, KeptAnswers answers, Notice notice) {
    Answer answer = Answer.PROCEED;
    try {
      answer = answers.answer(notice);
    } finally {
      listener.answer(notice, answer);
    }
  }

  /// A descriptor comes beside one byte; negative where the other end is closed before.
  private long receive() {
    var control = Structure.of(CONTROL);
    var vector =
        new Operand.Memory(Structure.of(16).word(8, 1).bytes(), Map.of(0, Operand.of(new byte[1])));
    var message =
        new Operand.Memory(
            Structure.of(56).word(24, 1).word(40, CONTROL).bytes(),
            Map.of(16, vector, 32, control.memory()));
    long received = syscalls.call("recvmsg", Operand.of(ours), message, Operand.of(0x4000_0000));
    return received > 0 ? control.integer(CONTROL_CONTENT) : -1;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      syscalls.call("close", Operand.of(theirs));
      join();
      syscalls.call("close", Operand.of(ours));
    }
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
