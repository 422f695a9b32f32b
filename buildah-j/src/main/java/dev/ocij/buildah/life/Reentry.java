package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Runs the present command once more, in the user namespace where the files and processes of a
/// container belong to it: that of the container while it runs, else one like it. Root, and who is
/// in a user namespace, need not.
public final class Reentry {
  private static final String USER = "_OCIJ_USER";

  private Reentry() {}

  /// @return the exit status of the other run; none where this one is to go on
  public static OptionalInt of(ContainerState container) throws IOException, InterruptedException {
    if (isThere()) {
      return OptionalInt.empty();
    }
    return run(container.isActive() ? joining(container) : entering());
  }

  /// In a user namespace as the launcher makes it for other commands, whatever runs.
  ///
  /// @return as [#of]
  public static OptionalInt likeTheLauncher() throws IOException, InterruptedException {
    return isThere() ? OptionalInt.empty() : run(entering());
  }

  private static boolean isThere() throws IOException {
    return isRoot() || System.getenv(USER) != null;
  }

  private static OptionalInt run(List<String> entering) throws IOException, InterruptedException {
    var line = new ArrayList<>(entering);
    line.addAll(List.of(Files.readString(Path.of("/proc/self/cmdline")).split("\0")));
    var process = new ProcessBuilder(line).inheritIO();
    process.environment().put(USER, ids());
    return OptionalInt.of(process.start().waitFor());
  }

  private static List<String> joining(ContainerState container) {
    return List.of(
        "nsenter",
        "--user",
        "--preserve-credentials",
        "--target",
        Long.toString(container.processes().monitor()),
        "--");
  }

  /// As the launcher does it.
  private static List<String> entering() throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--map-auto"));
    line.add("--mount");
    var probe = new ArrayList<>(line);
    probe.add("true");
    var silent = ProcessBuilder.Redirect.DISCARD;
    boolean ranges = new ProcessBuilder(probe).redirectError(silent).start().waitFor() == 0;
    if (!ranges) {
      line.remove("--map-auto");
    }
    line.add("--");
    return line;
  }

  private static boolean isRoot() throws IOException {
    return status("Uid").equals("0");
  }

  private static String ids() throws IOException {
    return status("Uid") + ":" + status("Gid");
  }

  private static String status(String key) throws IOException {
    return Files.readString(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.split("\\s+")[1])
        .findFirst()
        .orElse("");
  }
}
