package dev.ocij.buildah.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.StartException;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts a [Monitor]: this program's virtual machine once more, with a small heap, in the
/// namespaces of this process and a session of its own.
final class MonitorProcess {
  private static final String MAXIMAL_HEAP = "-Xmx";

  private static final String CACHE = "-XX:AOTCache=";

  /// Of the build, which trains a cache: two processes would write to one.
  private static final String TRAINED_CACHE = "-XX:AOTCacheOutput=";

  /// Measured: a heap that shrinks again, one arena of the allocator, and no compiler take two
  /// thirds of the memory away. Less than the first four mebibytes would not hold what comes from a
  /// cache, for which the virtual machine would end.
  private static final List<String> SMALL =
      List.of(
          "-Xmx12m",
          "-Xms4m",
          "-Xmn1m",
          "-Xss256k",
          "-Xint",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:MinHeapFreeRatio=5",
          "-XX:MaxHeapFreeRatio=10");

  private MonitorProcess() {}

  /// Returns when the container runs, or where `attached`, when the monitor waits for the one who
  /// will be attached.
  ///
  /// @param directory of a container that this process holds
  /// @throws StartException where the container did not start
  static void start(Path directory, boolean attached) {
    var isolation = Isolation.probe();
    isolation.require();
    try {
      var line = line();
      line.addAll(List.of(Monitor.class.getName(), directory.toString()));
      line.add(attached ? Monitor.ATTACHED : Monitor.ALONE);
      line.add(isolation.confinement().name());
      var builder = new ProcessBuilder(line).redirectErrorStream(true);
      builder.environment().put("MALLOC_ARENA_MAX", "1");
      var process = builder.start();
      process.getOutputStream().close();
      try (var said = process.inputReader(UTF_8)) {
        understand(said);
      }
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE, "start the container's monitor: " + Reason.of(e), e);
    }
  }

  private static void understand(BufferedReader said) throws IOException {
    var last = "it ended without a word";
    for (var line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals(Monitor.READY)) {
        return;
      }
      if (line.startsWith(Monitor.FAILED)) {
        var words = line.substring(Monitor.FAILED.length()).split(" ", 2);
        throw StartException.reported(Integer.parseInt(words[0]), words[1]);
      }
      last = line;
    }
    throw new OciException(
        OciException.Category.IMPOSSIBLE, "start the container's monitor: " + last);
  }

  /// The line of this process up to its main class, with less memory and a cache of its own.
  private static List<String> line() throws IOException {
    var own = Files.readString(Path.of("/proc/self/cmdline")).split("\0");
    var java = ProcessHandle.current().info().command().orElse(own[0]);
    var line = new ArrayList<>(List.of(java));
    for (int i = 1; i < own.length && own[i].startsWith("-"); i++) {
      if (own[i].startsWith(CACHE)) {
        cache(own[i].substring(CACHE.length())).ifPresent(path -> line.add(CACHE + path));
      } else if (!own[i].startsWith(MAXIMAL_HEAP) && !own[i].startsWith(TRAINED_CACHE)) {
        line.add(own[i]);
      }
      if (own[i].equals("-cp")) {
        line.add(wherever(own[++i]));
      }
    }
    line.addAll(line.size() - (line.contains("-cp") ? 2 : 0), SMALL);
    return line;
  }

  /// The build lays it beside those of the commands: `NAME-CONTENT.aot`, `NAME-apart-CONTENT.aot`,
  /// `NAME-monitor-CONTENT.aot`.
  ///
  /// @param own that of this process, which may be a monitor itself
  private static Optional<Path> cache(String own) {
    var path = Path.of(own.replaceFirst("(?<!-monitor)(-apart)?-(?=[^-]+$)", "-monitor-"));
    return Optional.of(path.toAbsolutePath()).filter(Files::isReadable);
  }

  /// Paths that mean the same in another folder: a monitor is in the root, and may start others.
  private static String wherever(String paths) {
    return Stream.of(paths.split(":"))
        .map(path -> Path.of(path).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }
}
