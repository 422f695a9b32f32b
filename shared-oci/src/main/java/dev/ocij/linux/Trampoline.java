package dev.ocij.linux;

import static dev.ocij.linux.Operand.ZERO;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A [Spawn] whose later calls are made by a program of its own: a few pages in a file that has no
/// name and that nobody can change.
///
/// The process that executes a container's program is what `/proc/self/exe` means to the kernel
/// then, as a program, as the interpreter of a script and as the loader of a program. Were it the
/// JVM's, the image could have the host's `java` run in the container, and write to it.
///
/// The trampoline lets no other process look into it, and tells what stopped it through a pipe that
/// the next program does not get. Where it is run again it finds the pipe closed, and ends.
record Trampoline(LinuxSyscalls syscalls, Spawn spawn, int border) {
  private static final long F_SETFD = 2;
  private static final long FD_CLOEXEC = 1;
  private static final long PR_SET_DUMPABLE = 4;
  private static final long AT_EMPTY_PATH = 0x1000;
  private static final List<String> ARGUMENTS = List.of("container");

  Spawned start() {
    try (var report = Pipe.open();
        var program = SealedFile.of("container", image(report.input()))) {
      var begun = syscalls.spawnSharing(spawn.making(before(report.input(), program)));
      report.closeInput();
      var told = report.output().readAllBytes();
      return new Spawned(begun.pid(), spawn, results(begun.results(), told));
    } catch (SystemCallException e) {
      return new Spawned(-e.errno(), spawn, failed(-e.errno()));
    } catch (IOException e) {
      throw new IllegalStateException("hear how a process was started", e);
    }
  }

  private List<SystemCall> before(int report, SealedFile program) {
    var calls = new ArrayList<>(spawn.calls().subList(0, border));
    calls.add(fcntl(report, 0));
    calls.add(
        SystemCall.of(
            "execveat",
            Operand.of(program.descriptor()),
            Operand.of(""),
            Operand.of(ARGUMENTS),
            Operand.of(List.<String>of()),
            Operand.of(AT_EMPTY_PATH)));
    return calls;
  }

  private byte[] image(int report) {
    var own =
        List.of(
            fcntl(report, FD_CLOEXEC), SystemCall.of("prctl", Operand.of(PR_SET_DUMPABLE), ZERO));
    var later = spawn.calls().stream().skip(border + 1L).map(call -> moved(call, own.size()));
    return TrampolineImage.of(Stream.concat(own.stream(), later).toList(), report);
  }

  private static SystemCall fcntl(int descriptor, long flags) {
    return SystemCall.of("fcntl", Operand.of(descriptor), Operand.of(F_SETFD), Operand.of(flags));
  }

  /// The call with what it takes from earlier ones, counted in the trampoline.
  private SystemCall moved(SystemCall call, int own) {
    var operands =
        call.operands().stream()
            .map(operand ->
                operand instanceof Operand.Result(int earlier)
                    ? new Operand.Result(earlier - border - 1 + own)
                    : operand)
            .toList();
    return new SystemCall(call.name(), operands, call.tolerance());
  }

  /// @param told the rows of the trampoline where it was stopped or has forked, else nothing
  private long[] results(long[] before, byte[] told) {
    var results = failed(before[border + 1]);
    System.arraycopy(before, 0, results, 0, border);
    int own = 2;
    int later = results.length - border - 1;
    if (told.length >= SpawnTable.size(later + own)) {
      var rows = SpawnTable.results(MemorySegment.ofArray(told), later + own);
      System.arraycopy(rows, own, results, border + 1, later);
    }
    return results;
  }

  private long[] failed(long result) {
    var results = new long[spawn.calls().size()];
    Arrays.fill(results, Spawned.NOT_RETURNED);
    results[border] = result;
    return results;
  }
}
