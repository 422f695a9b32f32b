package dev.ocij.buildah.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Large contexts are common, and most of them is ignored.
class ContextWalkTest {
  private static final int DIRECTORIES = 500;
  private static final int FILES_IN_EACH = 100;

  /// Twice what is wanted of a quiet machine.
  private static final Duration LONGEST = Duration.ofSeconds(1);

  @TempDir static Path root;

  @BeforeAll
  static void fill() throws IOException {
    for (int d = 0; d < DIRECTORIES; d++) {
      var directory =
          Files.createDirectories(root.resolve("modules/m%d/a/b/c%d".formatted(d / 10, d)));
      for (int f = 0; f < FILES_IN_EACH; f++) {
        Files.createFile(directory.resolve("f%d.js".formatted(f)));
      }
    }
    Files.createFile(root.resolve("modules/m7/a/b/c77/keep"));
    Files.createFile(root.resolve("main.c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "modules\n!modules/m7/a/b/c77/keep",
        "**/*.js",
        "*\n!main.c\n!**/keep",
        "**/node_modules\n*.log\n**/.git\ntarget\n**/*.class\n**/*.js\n!**/keep",
      })
  void walks_many_ignored_files_quickly(String ignored) throws IOException {
    var context = BuildContext.open(root, IgnoreFile.parse("i", ignored));
    // The time of the processor: others may have the machine meanwhile.
    var threads = ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadCpuTime();
    var listing = ContextListing.of(context);
    var taken = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    assertThat(listing).contains("modules/m7/a/b/c77/keep").doesNotContain(".js");
    assertThat(taken).isLessThan(LONGEST);
  }
}
