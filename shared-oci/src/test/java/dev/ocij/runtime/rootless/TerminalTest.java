package dev.ocij.runtime.rootless;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Require;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("namespace")
@Tag("root")
class TerminalTest {
  @TempDir Path folder;

  @Test
  void a_program_has_a_controlling_terminal_of_the_right_size() throws IOException {
    Require.root(); // for others the launcher makes the namespace: OrdinaryUserTest
    var busybox = Busyboxes.in(folder);
    var bundle =
        busybox.bundle(
            request -> request.with(draft -> draft.terminal = true),
            "sh",
            "-c",
            "read line; tty; stty size; echo $line >/dev/tty; test -c /dev/console; exit $?");
    try (var terminal = busybox.runner().openTerminal(bundle)) {
      terminal.resize(33, 99);
      var container = busybox.runner().start(bundle, terminal);
      terminal.input().write("typed\n".getBytes(UTF_8));
      var shown = new String(terminal.output().readAllBytes(), UTF_8);
      assertThat(container.waitFor()).isZero();
      assertThat(shown.lines()).containsExactly("typed", "/dev/pts/0", "33 99", "typed");
    }
  }
}
