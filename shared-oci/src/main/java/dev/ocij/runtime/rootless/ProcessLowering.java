package dev.ocij.runtime.rootless;

import static dev.ocij.linux.Operand.ZERO;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.SystemCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What concerns the process itself as calls: streams, signals, ids, powers.
final class ProcessLowering {
  private static final long PR_SET_PDEATHSIG = 1;
  private static final long PR_SET_DUMPABLE = 4;
  private static final long PR_SET_KEEPCAPS = 8;
  private static final long PR_CAPBSET_DROP = 24;
  private static final long PR_SET_NO_NEW_PRIVS = 38;
  private static final long PR_CAP_AMBIENT = 47;
  private static final long PR_CAP_AMBIENT_RAISE = 2;
  private static final long PR_CAP_AMBIENT_CLEAR_ALL = 4;
  private static final long SIGKILL = 9;
  private static final long JOIN_SESSION_KEYRING = 1;
  private static final int LAST_SIGNAL = 64;
  private static final int SIGACTION_SIZE = 32;
  private static final long F_DUPFD = 0;
  private static final long F_SETFD = 2;
  private static final long LOWEST_COPY = 10;
  private static final int CAPABILITY_VERSION = 0x20080522;
  private static final int IFREQ_SIZE = 40;
  private static final long SIOCSIFFLAGS = 0x8914;
  private static final int IFF_UP_RUNNING = 0x41;
  private static final long TIOCSCTTY = 0x540e;
  private static final long CLOSE_RANGE_CLOEXEC = 4;
  private static final int BPF_INSTRUCTION = 8;
  private static final long NEW_LISTENER = 8;
  private static final long SET_MASK = 2;

  /// CLONE_VM, CLONE_VFORK, CLONE_PARENT and SIGCHLD.
  private static final long SIBLING_LIKE_VFORK = 0x100 | 0x4000 | 0x8000 | 17;

  private final ProgramWriter writer;

  ProcessLowering(ProgramWriter writer) {
    this.writer = writer;
  }

  void dieWithRunner() {
    writer.call("prctl", Operand.of(PR_SET_PDEATHSIG), Operand.of(SIGKILL));
  }

  void leaveRunner(List<Integer> descriptors) {
    descriptors.forEach(kept -> writer.call("fcntl", Operand.of(kept), Operand.of(F_SETFD), ZERO));
    writer.append(SystemCall.TRAMPOLINE);
  }

  void newKeyring() {
    writer.append(SystemCall.of("keyctl", Operand.of(JOIN_SESSION_KEYRING)).toleratingAll());
  }

  void awaitStart(int ready, int start) {
    writer.call("write", Operand.of(ready), Operand.of(new byte[1]), Operand.of(1));
    writer.call("read", Operand.of(start), Operand.of(new byte[1]), Operand.of(1));
  }

  /// The handlers first: a signal that comes as soon as it is unblocked must not run Java's.
  void defaultSignals() {
    var defaults = Operand.of(new byte[SIGACTION_SIZE]);
    for (int signal = 1; signal <= LAST_SIGNAL; signal++) {
      writer.callTolerating(
          Errno.EINVAL,
          "rt_sigaction",
          Operand.of(signal),
          defaults,
          ZERO,
          Operand.of(Operand.WORD));
    }
    writer.call(
        "rt_sigprocmask",
        Operand.of(SET_MASK),
        Operand.of(new byte[Operand.WORD]),
        ZERO,
        Operand.of(Operand.WORD));
  }

  /// Over copies, because one may stand where another belongs.
  void standardStreams(Stdio stdio) {
    var in = copy(stdio.in());
    var out = copy(stdio.out());
    var err = copy(stdio.err());
    writer.call("dup3", in, Operand.of(0), ZERO);
    writer.call("dup3", out, Operand.of(1), ZERO);
    writer.call("dup3", err, Operand.of(2), ZERO);
  }

  void controllingTerminal(Operand terminal) {
    for (int i = 0; i <= 2; i++) {
      writer.call("dup3", terminal, Operand.of(i), ZERO);
    }
    writer.call("ioctl", ZERO, Operand.of(TIOCSCTTY), ZERO);
  }

  void giveTerminal(int user) {
    writer.append(SystemCall.of("fchown", ZERO, Operand.of(user), Operand.of(-1)).toleratingAll());
  }

  void join(Path file, long flag) {
    writer.call("setns", open(file), Operand.of(flag));
  }

  /// A file of the host, to be read.
  Operand.Result open(Path file) {
    return writer.call(
        "openat",
        ProgramWriter.CURRENT_DIRECTORY,
        Operand.of(file.toString()),
        Operand.of(RootLowering.O_CLOEXEC));
  }

  /// The child stays a child of this process, which alone waits for it.
  void fork() {
    writer.append(SystemCall.of("clone", Operand.of(SIBLING_LIKE_VFORK)).forking());
  }

  void hostname(String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    writer.call("sethostname", Operand.of(bytes), Operand.of(bytes.length));
  }

  void loopbackUp() {
    var socket = writer.call("socket", Operand.of(2), Operand.of(2 | RootLowering.O_CLOEXEC), ZERO);
    var request = Structure.of(IFREQ_SIZE).halfWord(0, 'l' | 'o' << 8).halfWord(16, IFF_UP_RUNNING);
    writer.call("ioctl", socket, Operand.of(SIOCSIFFLAGS), request.memory());
  }

  void limit(InitAction.Limit limit) {
    var values = Structure.of(16).word(0, limit.soft()).word(8, limit.hard());
    writer.call("prlimit64", ZERO, Operand.of(limit.resource()), values.memory(), ZERO);
  }

  void joinControlGroup(Path processes) {
    var file =
        writer.call(
            "openat",
            ProgramWriter.CURRENT_DIRECTORY,
            Operand.of(processes.toString()),
            Operand.of(1 | RootLowering.O_CLOEXEC));
    write(file, "0");
  }

  void oomScore(int adjustment) {
    var file =
        writer.call(
            "openat",
            ProgramWriter.CURRENT_DIRECTORY,
            Operand.of("/proc/self/oom_score_adj"),
            Operand.of(1 | RootLowering.O_CLOEXEC));
    writer.callTolerating(Errno.EACCES, "write", written(file, Integer.toString(adjustment)));
  }

  void write(Operand file, String text) {
    writer.call("write", written(file, text));
  }

  void boundingSet(CapabilitySet capabilities) {
    capabilities
        .missing()
        .forEach(number ->
            writer.callTolerating(
                Errno.EINVAL, "prctl", Operand.of(PR_CAPBSET_DROP), Operand.of(number)));
  }

  /// A change of the user id makes the kernel forget the death signal and the effective
  /// capabilities; both are set again.
  void identity(InitAction.Identity identity) {
    writer.call("prctl", Operand.of(PR_SET_KEEPCAPS), Operand.of(1));
    if (identity.mayCallSetgroups()) {
      var groups = Structure.of(identity.groups().size() * Integer.BYTES);
      for (int i = 0; i < identity.groups().size(); i++) {
        groups.integer(i * Integer.BYTES, identity.groups().get(i));
      }
      writer.call("setgroups", Operand.of(identity.groups().size()), groups.memory());
    }
    var gid = Operand.of(identity.gid());
    writer.call("setresgid", gid, gid, gid);
    var uid = Operand.of(identity.uid());
    writer.call("setresuid", uid, uid, uid);
  }

  /// The memory is still the runner's, which a change of ids makes unreadable for its owner.
  void becomeRoot() {
    writer.call("setgroups", ZERO, ZERO);
    writer.call("setresgid", ZERO, ZERO, ZERO);
    writer.call("setresuid", ZERO, ZERO, ZERO);
    writer.call("prctl", Operand.of(PR_SET_DUMPABLE), Operand.of(1));
    dieWithRunner();
  }

  void capabilities(InitAction.Capabilities sets) {
    writer.call("prctl", Operand.of(PR_CAP_AMBIENT), Operand.of(PR_CAP_AMBIENT_CLEAR_ALL));
    var header = Structure.of(8).integer(0, CAPABILITY_VERSION);
    var data = Structure.of(24);
    for (int half = 0; half < 2; half++) {
      int shift = half * Integer.SIZE;
      data.integer(half * 12, (int) (sets.effective().bits() >> shift));
      data.integer(half * 12 + 4, (int) (sets.permitted().bits() >> shift));
      data.integer(half * 12 + 8, (int) (sets.inheritable().bits() >> shift));
    }
    writer.call("capset", header.memory(), data.memory());
    sets.ambient()
        .numbers()
        .forEach(number ->
            writer.call(
                "prctl",
                Operand.of(PR_CAP_AMBIENT),
                Operand.of(PR_CAP_AMBIENT_RAISE),
                Operand.of(number)));
  }

  void noNewPrivileges() {
    writer.call("prctl", Operand.of(PR_SET_NO_NEW_PRIVS), Operand.of(1), ZERO, ZERO, ZERO);
  }

  void filter(byte[] filter) {
    var program = Structure.of(16).halfWord(0, filter.length / BPF_INSTRUCTION);
    writer.call("seccomp", Operand.of(1), ZERO, program.memory(Operand.WORD, Operand.of(filter)));
  }

  /// The message needs the number of the listener before there is one: it gets a number of ours.
  void report(InitAction.ReportSystemCalls report) {
    var filter = report.filter();
    var program = Structure.of(16).halfWord(0, filter.length / BPF_INSTRUCTION);
    var listener =
        writer.call(
            "seccomp",
            Operand.of(1),
            Operand.of(NEW_LISTENER),
            program.memory(Operand.WORD, Operand.of(filter)));
    int number = report.listener();
    writer.callTolerating(
        Errno.EINVAL, "dup3", listener, Operand.of(number), Operand.of(RootLowering.O_CLOEXEC));
    var control = Structure.of(24).word(0, 20).integer(8, 1).integer(12, 1).integer(16, number);
    var vector = Structure.of(16).word(Operand.WORD, 1).memory(0, Operand.of(new byte[] {'.'}));
    var message =
        new Operand.Memory(
            Structure.of(56).word(24, 1).word(40, 24).bytes(),
            Map.of(16, vector, 32, control.memory()));
    writer.call("sendmsg", Operand.of(report.socket()), message, ZERO);
  }

  void closeDescriptors(List<Integer> kept) {
    int first = 3;
    for (int number : kept) {
      if (number > first) {
        closeDescriptors(first, number - 1L);
      }
      first = number + 1;
    }
    closeDescriptors(first, 0xffffffffL);
  }

  private void closeDescriptors(long first, long last) {
    writer.call(
        "close_range", Operand.of(first), Operand.of(last), Operand.of(CLOSE_RANGE_CLOEXEC));
  }

  /// One try for each folder of the PATH, as execvp(3) has it.
  void execute(InitAction.Execute execute) {
    var args = Operand.of(execute.args());
    var env = Operand.of(execute.env());
    for (var candidate : SearchPath.candidates(execute.args().getFirst(), execute.env())) {
      writer.append(SystemCall.of("execve", Operand.of(candidate), args, env).toleratingAll());
    }
  }

  private Operand.Result copy(int descriptor) {
    return writer.call(
        "fcntl", Operand.of(descriptor), Operand.of(F_DUPFD), Operand.of(LOWEST_COPY));
  }

  private static Operand[] written(Operand file, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Operand[] {file, Operand.of(bytes), Operand.of(bytes.length)};
  }
}
