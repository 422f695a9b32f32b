package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The processes of containers, as the machine's /proc tells of them.
public final class Processes {
  private static final double TICKS = 100;

  private Processes() {}

  /// One process.
  ///
  /// @param pid in the container
  /// @param hostPid on the machine
  /// @param parent in the container; 0 for none there
  /// @param cpu used by it
  /// @param age since it began
  public record Entry(
      String user, long pid, long hostPid, long parent, Duration cpu, Duration age, String args) {
    public double percent() {
      return age.isZero() ? 0 : 100.0 * cpu.toMillis() / Math.max(1, age.toMillis());
    }
  }

  /// The processes of a container that runs.
  ///
  /// @throws OciException where it does not
  public static List<Entry> of(ContainerState container) throws IOException {
    if (!container.isActive()) {
      throw new OciException(
          OciException.Category.USAGE, "top can only be used on running containers");
    }
    var namespace = namespace(container.pid());
    try (var all = Files.list(Path.of("/proc"))) {
      var pids =
          all.map(path -> String.valueOf(path.getFileName()))
              .filter(name -> name.matches("[0-9]+"))
              .mapToLong(Long::parseLong)
              .filter(pid -> namespace.isPresent() && namespace(pid).equals(namespace))
              .sorted()
              .toArray();
      return Arrays.stream(pids).mapToObj(Processes::entry).flatMap(Optional::stream).toList();
    }
  }

  private static Optional<Path> namespace(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc/%d/ns/pid".formatted(pid))));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<Entry> entry(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      var args = Files.readString(Path.of("/proc/%d/cmdline".formatted(pid)));
      var name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
      double up = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
      double age = up - Long.parseLong(fields[19]) / TICKS;
      return Optional.of(
          new Entry(
              user(pid),
              inner(pid),
              pid,
              inner(Long.parseLong(fields[1])),
              seconds(cpu),
              seconds(age),
              args.isEmpty() ? "[" + name + "]" : args.replace('\0', ' ').strip()));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static Duration seconds(double count) {
    return Duration.ofMillis(Math.max(0, (long) (count * 1000)));
  }

  /// The number in the innermost namespace; 0 where the process is in no other than ours.
  private static long inner(long pid) throws IOException {
    if (pid == 0) {
      return 0;
    }
    var numbers = status(pid, "NSpid");
    return numbers.length > 2 ? Long.parseLong(numbers[numbers.length - 1]) : 0;
  }

  /// By number, mapped as the container sees it where that can be read.
  private static String user(long pid) throws IOException {
    long outer = Long.parseLong(status(pid, "Uid")[1]);
    for (var line : Files.readAllLines(Path.of("/proc/%d/uid_map".formatted(pid)))) {
      var words = line.strip().split(" +");
      long begin = Long.parseLong(words[1]);
      if (outer >= begin && outer < begin + Long.parseLong(words[2])) {
        long inside = Long.parseLong(words[0]) + outer - begin;
        return inside == 0 ? "root" : Long.toString(inside);
      }
    }
    return Long.toString(outer);
  }

  private static String[] status(long pid, String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.split("\\s+"))
        .findFirst()
        .orElse(new String[] {key, "0"});
  }
}
