package dev.ocij.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Run;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a process ends in which a thread waits in native code.
class ProcessEndTest {
  /// The argument tells who is asked.
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] args) throws Exception {
      var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      var _ = Executors.newSingleThreadExecutor().submit(silent::accept);
      if (args[0].equals("kernel")) {
        new LinuxSyscalls().call("getpid");
      }
      System.out.println("bye");
      System.out.flush();
      ProcessEnd.now(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "machine"})
  void it_has_the_status_and_waits_for_no_thread(String asked) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = System.getProperty("java.class.path");
    var ended =
        Run.of(
                List.of(
                    java,
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classes,
                    Waiting.class.getName(),
                    asked))
            .outcome();
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.stdout()).isEqualTo("bye\n");
  }
}
