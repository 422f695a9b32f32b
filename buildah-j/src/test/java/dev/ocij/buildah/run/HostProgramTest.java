package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A container's program that names the program which the container is started by. The image brings
/// the loader that would be run with it, and that would have the file in hand.
@Tag("distribution")
@Tag("namespace")
@Tag("tool")
class HostProgramTest {
  private static final String LOADER =
      """
          .intel_syntax noprefix
          .globl _start
      _start:
          lea rdi, [rip+own]
          mov esi, 0x200000
          mov eax, 2
          syscall
          lea rdi, [rip+shell]
          lea rsi, [rip+arguments]
          xor edx, edx
          mov eax, 59
          syscall
      own: .asciz "/proc/self/exe"
      shell: .asciz "/bin/sh"
      option: .asciz "-c"
      script: .asciz "echo loaded with $(readlink /proc/self/fd/3)"
          .data
          .balign 8
      arguments: .quad shell, option, script, 0
      """;
  private static final List<String> NAMES = List.of("/proc/self/exe", "/trap/script", "/trap/link");

  @TempDir Path folder;

  @Test
  @Tag("root")
  void root_s_container_does_not_get_it() throws IOException {
    Require.root();
    attempt(BusyboxStore.in(folder), line -> Run.of(List.of(line)).outcome());
  }

  @Test
  void a_user_s_container_does_not_get_it() throws IOException {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      attempt(BusyboxStore.of(user), user::run);
    }
  }

  @Test
  void nor_where_one_id_is_all() throws IOException {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      attempt(BusyboxStore.of(user), user::run);
    }
  }

  private static void attempt(BusyboxStore store, Function<String[], Outcome> as)
      throws IOException {
    var trap = trap(store.folder());
    var volumes =
        List.of(
            "--rm",
            "-v",
            trap + ":/trap",
            "-v",
            trap.resolve("loader") + ":/lib64/ld-linux-x86-64.so.2");
    for (var name : NAMES) {
      assertNothing(as.apply(store.runLine(volumes, name)));
    }
    var inBackground = new java.util.ArrayList<>(List.of("-d", "--name", "up"));
    inBackground.addAll(volumes);
    var id = as.apply(silently(store.runLine(inBackground, "sleep", "600")));
    assertThat(id.status()).isZero();
    try {
      for (var name : NAMES) {
        assertNothing(as.apply(store.line("exec", "up", name)));
      }
    } finally {
      as.apply(store.line("rm", "-f", "-t", "0", "up")).succeeded();
    }
  }

  /// What is run is the trampoline, which ends as soon as it finds nobody to report to.
  private static void assertNothing(Outcome outcome) {
    assertThat(outcome.stdout()).as("%s", outcome).isEmpty();
    assertThat(outcome.status()).as("%s", outcome).isEqualTo(127);
  }

  /// A monitor keeps what a test would wait for the end of.
  private static String[] silently(String[] line) {
    var all = new java.util.ArrayList<>(List.of("sh", "-c", "\"$@\" >/dev/null 2>&1", "sh"));
    all.addAll(List.of(line));
    return all.toArray(String[]::new);
  }

  private static Path trap(Path folder) throws IOException {
    var trap = Files.createDirectory(folder.resolve("trap"));
    Files.createSymbolicLink(trap.resolve("link"), Path.of("/proc/self/exe"));
    var script = Files.writeString(trap.resolve("script"), "#!/proc/self/exe\n");
    assertThat(script.toFile().setExecutable(true, false)).isTrue();
    var source = Files.writeString(trap.resolve("loader.s"), LOADER);
    var object = trap.resolve("loader.o").toString();
    Tool.required("as").run("--64", "-o", object, source.toString()).succeeded();
    Tool.required("ld").run("-o", trap.resolve("loader").toString(), object).succeeded();
    return trap;
  }
}
