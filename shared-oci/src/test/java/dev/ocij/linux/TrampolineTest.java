package dev.ocij.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrampolineTest {
  private static final Operand HERE = Operand.of(-100);

  private final Syscalls syscalls = new LinuxSyscalls();
  @TempDir private Path folder;

  @Test
  void calls_behind_it_use_results_of_one_another() {
    var spawned =
        spawn(
            SystemCall.of("chdir", Operand.of(folder.toString())),
            SystemCall.TRAMPOLINE,
            SystemCall.of("openat", HERE, Operand.of(".")),
            SystemCall.of("mkdirat", new Operand.Result(2), Operand.of("made"), Operand.of(0755)),
            execve("/bin/sh", "-c", "test -d made && exit 7"));
    assertThat(status(spawned.pid())).isEqualTo(7);
    assertThat(spawned.failure()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void what_stopped_it_is_told_wherever_it_was(int at) {
    var missing = SystemCall.of("chdir", Operand.of("/no/such/folder"));
    var calls = new SystemCall[] {missing, SystemCall.TRAMPOLINE, missing, missing, missing};
    for (int i = 0; i < calls.length; i++) {
      calls[i] = i < at && calls[i].equals(missing) ? missing.tolerating(Errno.ENOENT) : calls[i];
    }
    var spawned = spawn(calls);
    assertThat(status(spawned.pid())).isEqualTo(127);
    assertThat(spawned.failure()).hasValue(at);
    assertThat(spawned.results()[at]).isEqualTo(-Errno.ENOENT.number());
  }

  @Test
  void the_child_of_a_child_is_known() {
    var spawned =
        spawn(
            SystemCall.TRAMPOLINE,
            SystemCall.of("clone", Operand.of(0x100 | 0x4000 | 0x8000 | 17)).forking(),
            execve("/bin/sh", "-c", "exit 8"));
    assertThat(status(spawned.pid())).isEqualTo(127);
    assertThat(status(spawned.results()[1])).isEqualTo(8);
  }

  /// A path is read where the process was before: by itself, as the interpreter of a script.
  @ParameterizedTest
  @ValueSource(strings = {"/proc/self/exe", "link", "script"})
  void its_program_is_run_where_the_process_s_own_is_named(String program) throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc/self/exe"));
    Files.writeString(folder.resolve("script"), "#!/proc/self/exe\n").toFile().setExecutable(true);
    var spawned =
        spawn(
            SystemCall.of("chdir", Operand.of(folder.toString())),
            SystemCall.TRAMPOLINE,
            SystemCall.of("mkdirat", HERE, Operand.of("ran"), Operand.of(0755)).toleratingAll(),
            execve(program, "-version"));
    assertThat(spawned.failure()).isEmpty();
    assertThat(folder.resolve("ran")).exists();
    // The Java launcher would end with 0 or 1; who finds no pipe to report to, with 127.
    assertThat(status(spawned.pid())).isEqualTo(127);
  }

  @Test
  void its_file_cannot_be_written() throws SystemCallException {
    try (var file = SealedFile.of("container", new byte[100])) {
      var script =
          """
          (: >/proc/self/fd/500) 2>/dev/null && exit 5
          (echo x >>/proc/self/fd/500) 2>/dev/null && exit 6
          exit $(wc -c </proc/self/fd/500)
          """;
      var spawned =
          spawn(
              SystemCall.of("dup3", Operand.of(file.descriptor()), Operand.of(500)),
              SystemCall.TRAMPOLINE,
              execve("/bin/sh", "-c", script));
      assertThat(status(spawned.pid())).isEqualTo(100);
    }
  }

  @Test
  void others_cannot_look_into_it() {
    var getDumpable = SystemCall.of("prctl", Operand.of(3));
    var spawned = spawn(getDumpable, SystemCall.TRAMPOLINE, getDumpable);
    assertThat(spawned.results()[0]).isOne();
    assertThat(spawned.results()[2]).isZero();
    assertThat(status(spawned.pid())).isEqualTo(127);
  }

  @Test
  void many_large_ones_leave_nothing_behind() throws IOException {
    var text = "x".repeat(100_000);
    int before = descriptors();
    for (int i : IntStream.range(0, 100).toArray()) {
      var spawned = spawn(SystemCall.TRAMPOLINE, execve("/bin/sh", "-c", "exit " + i % 5, text));
      assertThat(status(spawned.pid())).isEqualTo(i % 5);
    }
    assertThat(descriptors()).isEqualTo(before);
  }

  private static int descriptors() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return (int) open.count();
    }
  }

  private Spawned spawn(SystemCall... calls) {
    return syscalls.spawn(new Spawn(0, List.of(calls)));
  }

  private int status(long pid) {
    var status = Structure.of(Integer.BYTES);
    syscalls.call("wait4", Operand.of(pid), status.memory());
    return status.integer(0) >> 8;
  }

  private static SystemCall execve(String... command) {
    var arguments = List.of(command);
    return SystemCall.of(
        "execve",
        Operand.of(arguments.getFirst()),
        Operand.of(arguments),
        Operand.of(List.<String>of()));
  }
}
