package dev.ocij.buildah.context;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A program of this machine that a build needs.
///
/// @param attempt what it is needed for, for messages
record Program(ProcessBuilder builder, String attempt) {
  /// How it ended.
  record Ended(int status, String out, String err) {
    String lastWords() {
      return err.lines()
          .filter(line -> !line.isBlank())
          .reduce((_, line) -> line)
          .orElse("exit status " + status);
    }
  }

  /// Runs it to its end, or to that of the build.
  ///
  /// @throws OciException of category `IMPOSSIBLE` where there is no such program
  Ended run(String input) throws IOException {
    var process = start();
    var err = new StringBuilder();
    var errors = Thread.ofVirtual().start(() -> readErrors(process, err));
    Thread.ofVirtual().start(() -> write(process, input));
    try (var out = process.getInputStream()) {
      var printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      errors.join();
      return new Ended(status, printed, err.toString());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the build ends before " + name());
    }
  }

  private Process start() {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "%s: the program %s is needed and is not here; install the package %s"
              .formatted(attempt, name(), name()),
          e);
    }
  }

  private String name() {
    return builder.command().getFirst();
  }

  private static void readErrors(Process process, StringBuilder err) {
    try (var reader = process.errorReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(line -> err.append(line).append('\n'));
    } catch (IOException | UncheckedIOException _) {
      // It has ended.
    }
  }

  private static void write(Process process, String input) {
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It ended without reading all, and says why.
    }
  }
}
