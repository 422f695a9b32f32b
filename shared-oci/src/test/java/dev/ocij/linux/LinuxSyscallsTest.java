package dev.ocij.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxSyscallsTest {
  private final Syscalls syscalls = new LinuxSyscalls();

  @Test
  void results_and_memory_come_back() {
    assertThat(syscalls.call("getpid")).isEqualTo(ProcessHandle.current().pid());
    var name = new byte[390];
    assertThat(syscalls.call("uname", Operand.of(name))).isZero();
    assertThat(new String(name, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("Linux");
  }

  @Test
  void an_error_is_a_negative_number_with_a_name() {
    long result = syscalls.call("chdir", Operand.of("/no/such/folder"));
    assertThat(Errno.of(result)).contains(Errno.ENOENT);
    assertThat(Errno.describe(-9999)).isEqualTo("error number 9999");
  }

  @Test
  void an_unknown_call_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> syscalls.call("frobnicate"));
  }

  @Test
  void a_child_becomes_another_program() {
    assertThat(exitStatus(exec("/bin/sh", "-c", "exit 7"))).isEqualTo(7);
  }

  @Test
  void a_child_uses_the_results_of_earlier_calls(@TempDir Path folder) {
    var mkdir =
        SystemCall.of("mkdirat", new Operand.Result(0), Operand.of("made"), Operand.of(0755));
    var spawned =
        syscalls.spawn(
            new Spawn(
                0,
                List.of(
                    SystemCall.of("openat", Operand.of(-100), Operand.of(folder.toString())),
                    mkdir,
                    mkdir.tolerating(Errno.EEXIST),
                    SystemCall.of("fchdir", new Operand.Result(0)),
                    exec("/bin/sh", "-c", "test -d made"))));
    assertThat(status(spawned)).isZero();
    assertThat(spawned.results()).endsWith(0, -Errno.EEXIST.number(), 0, Spawned.NOT_RETURNED);
    assertThat(spawned.failure()).isEmpty();
  }

  @Test
  void a_child_stops_at_the_first_failure_that_is_not_tolerated() {
    var missing = SystemCall.of("chdir", Operand.of("/no/such/folder"));
    var spawned =
        syscalls.spawn(
            new Spawn(
                0,
                List.of(
                    missing.tolerating(Errno.ENOENT),
                    missing.toleratingAll(),
                    missing.tolerating(Errno.EPERM),
                    exec("/bin/true"))));
    assertThat(status(spawned)).isEqualTo(127);
    assertThat(spawned.failure()).hasValue(2);
  }

  @Test
  void no_child_is_born_in_what_is_no_control_group(@TempDir Path folder) {
    var spawned = syscalls.spawn(new Spawn(0, List.of(exec("/bin/true")), folder));
    assertThat(spawned.pid()).isNegative();
    assertThat(spawned.results()).containsExactly(Spawned.NOT_RETURNED);
  }

  /// A rename anywhere makes the kernel unsure about the way up.
  @Test
  void a_path_is_looked_up_again_while_the_machine_renames(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("a/b"));
    var renames =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                var here = folder.resolve(i % 2 == 0 ? "x" : "y");
                var there = folder.resolve(i % 2 == 0 ? "y" : "x");
                here.toFile().mkdir();
                here.toFile().renameTo(there.toFile());
                LockSupport.parkNanos(50_000);
              }
            });
    try {
      var calls = new ArrayList<SystemCall>();
      calls.add(SystemCall.of("openat", Operand.of(-100), Operand.of(folder.toString())));
      var how = Structure.of(24).word(0, 010000000).word(16, 0x10).memory();
      var path = Operand.of("a/b/../../".repeat(400));
      for (int i = 0; i < 4000; i++) {
        calls.add(SystemCall.of("openat2", new Operand.Result(0), path, how, Operand.of(24)));
        calls.add(SystemCall.of("close", new Operand.Result(calls.size() - 1)));
      }
      calls.add(exec("/bin/true"));
      var spawned = syscalls.spawn(new Spawn(0, calls));
      assertThat(spawned.failure()).isEmpty();
      assertThat(status(spawned)).isZero();
    } finally {
      renames.interrupt();
      renames.join();
    }
  }

  @Test
  void starting_often_leaves_nothing_behind() {
    var statuses = IntStream.range(0, 200).map(i -> exitStatus(exec("/bin/true"))).distinct();
    assertThat(statuses.toArray()).containsExactly(0);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          mount,      165, 21,  40
          execve,      59, 11, 221
          openat2,    437, 437, 437
          pivot_root, 155, 217, 41
          mmap,         9, 90, 222
          fork,        57,  2,  -1
          """)
  void numbers_differ_by_architecture(String name, int x86, int i386, int arm) {
    assertThat(Architecture.X86_64.number(name)).hasValue(x86);
    assertThat(Architecture.I386.number(name)).hasValue(i386);
    assertThat(Architecture.AARCH64.number(name).orElse(-1)).isEqualTo(arm);
  }

  private int exitStatus(SystemCall exec) {
    return status(syscalls.spawn(new Spawn(0, List.of(exec))));
  }

  private int status(Spawned spawned) {
    var status = new byte[Integer.BYTES];
    syscalls.call("wait4", Operand.of(spawned.pid()), Operand.of(status));
    return ByteBuffer.wrap(status).order(ByteOrder.LITTLE_ENDIAN).getInt() >> 8;
  }

  private static SystemCall exec(String... command) {
    var arguments = List.of(command);
    return SystemCall.of(
        "execve",
        Operand.of(arguments.getFirst()),
        Operand.of(arguments),
        Operand.of(List.<String>of()));
  }
}
