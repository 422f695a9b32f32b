package dev.ocij.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A command to run in `directory` with `environment` beside the inherited one, for at most
/// `limit`.
public record Run(
    List<String> command, Path directory, Map<String, String> environment, Duration limit) {

  public static Run of(List<String> command) {
    return new Run(
        List.copyOf(command), Path.of("").toAbsolutePath(), Map.of(), Duration.ofMinutes(2));
  }

  public Run in(Path folder) {
    return new Run(command, folder, environment, limit);
  }

  public Run with(Map<String, String> variables) {
    return new Run(command, directory, Map.copyOf(variables), limit);
  }

  public Run within(Duration time) {
    return new Run(command, directory, environment, time);
  }

  /// Runs it with nothing on its standard input, waits for its end, and kills it when the limit has
  /// passed.
  public Outcome outcome() {
    var pipes = Thread.ofPlatform().daemon().factory(); // they would keep two carriers busy
    try (var readers = Executors.newThreadPerTaskExecutor(pipes)) {
      var builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().putAll(environment);
      var process =
          builder
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      var stdout = readers.submit(() -> text(process.getInputStream()));
      var stderr = readers.submit(() -> text(process.getErrorStream()));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError("run %s: still running after %s".formatted(command, limit));
      }
      return new Outcome(command, process.exitValue(), stdout.get(), stderr.get());
    } catch (IOException e) {
      throw new UncheckedIOException("run " + command, e);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("run " + command, e);
    }
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
