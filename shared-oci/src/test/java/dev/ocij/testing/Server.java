package dev.ocij.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A server program that runs as a child of the test until it is closed, or at the latest until the
/// virtual machine ends.
final class Server implements AutoCloseable {

  private final Process process;
  private final Thread atExit;
  private final MatchResult announcement;

  private Server(Process process, MatchResult announcement) {
    this.process = process;
    this.announcement = announcement;
    this.atExit = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /// Starts `command` and waits for a line in which `ready` is found.
  static Server start(List<String> command, Path directory, Pattern ready) {
    try {
      var builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      var process = builder.start();
      var lines = process.inputReader();
      var announcement = await(lines, ready, command);
      Thread.ofPlatform().daemon().start(() -> drain(lines)); // a pipe keeps a carrier busy
      return new Server(process, announcement);
    } catch (IOException e) {
      throw new UncheckedIOException("start " + command, e);
    }
  }

  /// What `ready` matched, such as the port.
  String announced(int group) {
    return announcement.group(group);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  /// Takes what nobody reads: a server whose output is not taken stops at a full pipe.
  private static void drain(BufferedReader lines) {
    try {
      lines.transferTo(Writer.nullWriter());
    } catch (IOException _) {
      // the server was closed
    }
  }

  private static MatchResult await(BufferedReader lines, Pattern ready, List<String> command)
      throws IOException {
    var seen = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var matcher = ready.matcher(line);
      if (matcher.find()) {
        return matcher.toMatchResult();
      }
      seen.append(line).append('\n');
    }
    throw new IOException("start %s: it ended and said: %s".formatted(command, seen));
  }
}
