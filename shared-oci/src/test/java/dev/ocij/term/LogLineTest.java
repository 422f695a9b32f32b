package dev.ocij.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineTest {

  /// A program in which our own code and that of a library have something to tell.
  static final class Teller {
    private Teller() {}

    static void main(String[] arguments) {
      LibraryLog.install();
      switch (arguments[0]) {
        case "own" -> {
          var log = System.getLogger("own");
          log.log(System.Logger.Level.INFO, "not worth it");
          log.log(System.Logger.Level.WARNING, "waiting for {0}: {1} uses it", "a\nb", "\"x\"");
        }
        case "own-thrown" ->
            System.getLogger("own")
                .log(System.Logger.Level.ERROR, "read {0}", new IllegalStateException("gone"));
        case "library" -> {
          var log = Logger.getLogger("okhttp3.OkHttpClient");
          log.info("not worth it");
          log.log(java.util.logging.Level.WARNING, "leaked by {0}", "it");
        }
        default -> Logger.getLogger("other").severe("ends here");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          own          | warning | waiting for a\\nb: \\"x\\" uses it
          own-thrown   | error   | read {0}: gone
          library      | warning | leaked by it
          library-ends | error   | ends here
          """)
  void tells_warnings_and_errors_in_one_line_each(String who, String level, String message) {
    var outcome = tell(who);
    assertThat(outcome)
        .matches("time=\"20[0-9T:-]+Z\" [^\n]+\n")
        .endsWith("\" level=%s msg=\"%s\"\n".formatted(level, message));
  }

  @Test
  void cuts_nothing_that_helps() {
    var sentence = "a".repeat(300) + "; do this";
    assertThat(new LogLine("warning", sentence).toString()).endsWith(sentence + "\"");
  }

  private static String tell(String who) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = System.getProperty("java.class.path");
    return Run.of(
            List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes, Teller.class.getName(), who))
        .outcome()
        .stderr();
  }
}
