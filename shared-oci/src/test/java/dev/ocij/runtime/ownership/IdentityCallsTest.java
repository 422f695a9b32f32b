package dev.ocij.runtime.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.linux.LinuxSyscalls;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each line was seen on a kernel, with setpriv and the calls themselves.
class IdentityCallsTest {
  private static final long THIS_PROCESS = ProcessHandle.current().pid();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          setuid 33,                        0,  33 33 33 33
          setuid 33; setuid 0,              -1, 33 33 33 33
          setuid 33; setuid 33,             0,  33 33 33 33
          setuid -1,                        -22, 0 0 0 0
          setreuid 5 6,                     0,  5 6 6 6
          setreuid -1 6,                    0,  0 6 6 6
          setreuid 5 -1,                    0,  5 0 0 0
          setreuid -1 6; setuid 0,          0,  0 0 6 0
          setresuid 1 2 3,                  0,  1 2 3 2
          setresuid -1 7 -1,                0,  0 7 0 7
          setresuid -1 7 -1; setresuid 0 0 0, 0, 0 0 0 0
          setresuid 1 2 3; setresuid 3 1 2, 0,  3 1 2 1
          setresuid 1 2 3; setresuid 4 1 2, -1, 1 2 3 2
          setfsuid 9,                       0,  0 0 0 9
          setuid 33; setfsuid 9,            33, 33 33 33 33
          setfsuid 9; setfsuid -1,          9,  0 0 0 9
          """)
  void follows_the_rules_of_the_kernel(String calls, long result, String ids) {
    var processes = new Processes(Credentials.of(0, 0, List.of()));
    var identity = new IdentityCalls(new LinuxSyscalls(), processes);
    long last = 0;
    for (var call : calls.split("; ")) {
      last = result(call(identity, call.split(" ")));
    }
    assertThat(last).isEqualTo(result);
    var user = processes.of(THIS_PROCESS).user();
    assertThat(LongStream.of(user.real(), user.effective(), user.saved(), user.inFiles()))
        .containsExactlyElementsOf(Stream.of(ids.split(" ")).map(Long::valueOf).toList());
  }

  @Test
  void a_child_is_what_its_parent_is_until_it_changes() throws Exception {
    var processes = new Processes(Credentials.of(0, 0, List.of()));
    var parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; wait").start();
    try (var said = parent.inputReader()) {
      long child = Long.parseLong(said.lines().findFirst().orElseThrow());
      processes.set(parent.pid(), Credentials.of(33, 34, List.of(8L)));
      assertThat(processes.of(child)).isEqualTo(Credentials.of(33, 34, List.of(8L)));
      processes.set(child, Credentials.of(5, 6, List.of()));
      assertThat(processes.of(child).group().effective()).isEqualTo(6);
      assertThat(processes.of(parent.pid()).group().effective()).isEqualTo(34);
      assertThat(processes.of(THIS_PROCESS).isRoot()).isTrue();
    } finally {
      parent.descendants().forEach(ProcessHandle::destroyForcibly);
      parent.destroyForcibly().waitFor();
    }
  }

  private static Answer call(IdentityCalls calls, String[] words) {
    var operands = new long[6];
    for (int i = 1; i < words.length; i++) {
      operands[i - 1] = Long.parseLong(words[i]);
    }
    var notice = new Notice(1, THIS_PROCESS, 0, operands);
    return switch (words[0]) {
      case "setuid" -> calls.set(notice, IdentityCalls.Half.USER);
      case "setreuid" -> calls.setTwo(notice, IdentityCalls.Half.USER);
      case "setresuid" -> calls.setThree(notice, IdentityCalls.Half.USER);
      case "setfsuid" -> calls.setInFiles(notice, IdentityCalls.Half.USER);
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static long result(Answer answer) {
    return switch (answer) {
      case Answer.Result(long value) -> value;
      default -> throw new AssertionError("not a result: " + answer);
    };
  }
}
