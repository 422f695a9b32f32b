package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs that enter a container, and terminals that are attached to one.
abstract class EntranceContract extends ContainerContract {
  private static final String ID = "[0-9a-f]{64}\n";

  @Override
  void nothingElseIsLeft() {
    assertThat(processes().now()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c sh -c exit\\ 9        |   9 |
          -u someone c id -un     |   0 |
          -u nobody-knows c id    | 255 | unable to find user nobody-knows: no matching entries in passwd file
          -w /nope c id           | 127 | workdir "/nope" does not exist
          c nope                  | 127 | executable file not found
          c /etc                  | 126 | permission denied
          gone id                 | 125 | no container with name or ID "gone" found
          made id                 | 255 | can only create exec sessions on running containers
          """)
  void exec_says_what_happened(String words, int status, String message) {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    podman("create", "--name", "made", store().image(), "true").succeeded();
    var line = new ArrayList<>(List.of("exec"));
    line.addAll(List.of(words.split("(?<!\\\\) ")));
    line.replaceAll(word -> word.replace("\\ ", " "));
    var outcome = podman(line.toArray(String[]::new));
    assertThat(outcome.stderr()).contains(message == null ? "" : message);
    assertThat(outcome.status()).isEqualTo(status);
  }

  @Test
  void exec_is_confined_as_the_container_is() {
    podman(
            "run",
            "-d",
            "--name",
            "c",
            "-e",
            "A=b",
            "--cap-drop",
            "all",
            store().image(),
            "sleep",
            "100")
        .succeeded();
    var script = "echo $A; grep -E '^(CapEff|CapBnd|Seccomp):' /proc/self/status; ls /proc/self/fd";
    assertThat(podman("exec", "c", "sh", "-c", script).succeeded().stdout())
        .matches("b\nCapEff:\\s0{16}\nCapBnd:\\s0{16}\nSeccomp:\\s2\n0\n1\n2\n3\n");
    assertThat(podman("exec", "-d", "c", "sleep", "99").succeeded().stdout()).matches(ID);
    assertThat(podman("top", "c", "pid,args").succeeded().stdout())
        .contains("sleep 100", "sleep 99");
  }

  @Test
  void descriptors_of_the_caller_are_those_of_a_command_that_gets_them() {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    var list = "cat <&3; cat <&4; ls /proc/self/fd";
    assertThat(withTwoMore("exec", "--preserve-fds=2", "c", "sh", "-c", list).succeeded().stdout())
        .isEqualTo("passed\npassed\n0\n1\n2\n3\n4\n5\n");
    assertThat(withTwoMore("exec", "c", "ls", "/proc/self/fd").succeeded().stdout())
        .isEqualTo("0\n1\n2\n3\n");
    var missing = withTwoMore("exec", "--preserve-fds=3", "c", "true");
    assertThat(missing.status()).isEqualTo(125);
    assertThat(missing.stderr()).contains("file descriptor 5 is not available");
  }

  @Test
  void descriptors_of_the_caller_are_chosen_by_number() {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    var list = "cat <&4; ls /proc/self/fd";
    assertThat(withTwoMore("exec", "--preserve-fd=4", "c", "sh", "-c", list).succeeded().stdout())
        .isEqualTo("passed\n0\n1\n2\n3\n4\n");
    assertThat(
            withTwoMore(
                    "exec",
                    "--preserve-fd=2,4",
                    "--preserve-fds",
                    "1",
                    "c",
                    "ls",
                    "-1",
                    "/proc/self/fd")
                .succeeded()
                .stdout())
        .isEqualTo("0\n1\n2\n3\n4\n5\n");
    // Whatever the virtual machine has open there is its own.
    for (int number : List.of(5, 6, 10, 15)) {
      var missing = withTwoMore("exec", "--preserve-fd", "3," + number, "c", "true");
      assertThat(missing.status()).isEqualTo(125);
      assertThat(missing.stderr())
          .isEqualTo(
              "Error: file descriptor %d is not available - the preserve-fd option requires that file descriptors must be passed%n"
                  .formatted(number));
    }
  }

  private Outcome withTwoMore(String... args) {
    var line =
        new ArrayList<>(
            List.of("sh", "-c", "echo passed >f; exec 3<f 4<f; rm f; exec \"$@\"", "sh"));
    line.addAll(List.of(store().line(args)));
    return as(line.toArray(String[]::new));
  }

  @Test
  void a_terminal_is_left_by_its_keys_and_found_again() throws Exception {
    var first = typing("run", "-it", "--name", "c", store().image(), "sh");
    first.await("# ");
    first.type("x=7; stty size\n");
    first.await("31 77");
    first.type("\u0010\u0011");
    assertThat(first.end()).isZero();
    assertThat(podman("ps", "--format", "{{.Names}}").stdout()).isEqualTo("c\n");
    var second = typing("attach", "c");
    // That the second one is attached shows nowhere before it types.
    Thread.sleep(1500);
    second.type("echo is $x; exit $x\n");
    second.await("is 7");
    assertThat(second.end()).isEqualTo(7);
  }

  @Test
  void a_command_that_was_entered_is_left_by_keys_and_goes_on() throws Exception {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "600").succeeded();
    var entered = typing("exec", "-it", "--detach-keys", "ctrl-a,x", "c", "sh");
    entered.await("# ");
    entered.type("echo begun; (sleep 3; yes | head -n 20000; echo done > /done) &\n");
    entered.await("begun");
    entered.type("\u0001x");
    assertThat(entered.end()).isZero();
    assertThat(podman("exec", "c", "ls", "/done").status()).isEqualTo(1);
    eventually("what goes on", "done\n", "exec", "c", "cat", "/done");
    podman("rm", "-f", "-t", "0", "c").succeeded();
    assertThat(processes().left()).isEmpty();
  }

  @Test
  void what_runs_in_front_of_another_command_has_no_other_audience() throws Exception {
    var line = store().runLine(List.of("--name", "c"), "sleep", "100");
    var front = new ProcessBuilder(user().with(line).command()).start();
    for (int i = 0; i < 50 && !names("--filter", "status=running").equals("c\n"); i++) {
      Thread.sleep(50); // That it runs is told by nobody but the list.
    }
    assertThat(podman("attach", "c").stderr())
        .contains("it runs in the foreground of another command");
    assertThat(podman("exec", "c", "echo", "hi").succeeded().stdout()).isEqualTo("hi\n");
    assertThat(podman("kill", "c").succeeded().stdout()).isEqualTo("c\n");
    assertThat(front.waitFor()).isEqualTo(137);
  }
}
