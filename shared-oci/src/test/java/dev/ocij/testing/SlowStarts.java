package dev.ocij.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What the JDK takes its time for when it is first used, and a command does without: tables of
/// powers of ten, and the digits of a locale. Each costs as much as a request.
public final class SlowStarts {
  private static final Pattern INITIALISED = Pattern.compile("Initializing '([^']+)'");
  private static final List<String> SLOW =
      List.of("java/math/BigDecimal", "java/text/DecimalFormatSymbols");

  private SlowStarts() {}

  /// Runs the command, which succeeds and has none of it.
  ///
  /// @param log a file that is written for it
  public static void assertNone(Launcher program, Path log, String... arguments) {
    var options = Map.of("_JAVA_OPTIONS", "-Xlog:class+init=info:file=" + log);
    program.with(arguments).with(options).outcome().succeeded();
    assertThat(initialised(log)).contains("java/lang/System").doesNotContainAnyElementsOf(SLOW);
  }

  private static List<String> initialised(Path log) {
    try {
      var classes = INITIALISED.matcher(Files.readString(log)).results();
      return classes.map(found -> found.group(1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("read " + log, e);
    }
  }
}
