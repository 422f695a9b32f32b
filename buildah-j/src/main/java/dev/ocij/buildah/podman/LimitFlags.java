package dev.ocij.buildah.podman;

import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The limits that `run` may be told to set by control groups. Where the machine or the user has
/// none of version 2, a container runs without them, and a warning says so; where they could be set
/// they end the command, for that is not implemented yet.
final class LimitFlags {
  private static final List<String> NAMES =
      List.of(
          "--cpus",
          "-c, --cpu-shares",
          "--cpu-period",
          "--cpu-quota",
          "--cpuset-cpus",
          "--cpuset-mems",
          "-m, --memory",
          "--memory-swap",
          "--memory-reservation",
          "--memory-swappiness",
          "--pids-limit");
  private static final List<String> UNLIMITED = List.of("", "-1", "0");

  private final Options options;
  private final Map<String, Supplier<Optional<String>>> values = new LinkedHashMap<>();

  LimitFlags(Options options) {
    this.options = options;
    for (var names : NAMES) {
      var last = names.substring(names.lastIndexOf(' ') + 1);
      values.put(last, options.text(names, "VALUE", "a limit; not implemented yet"));
    }
  }

  void check() {
    var given = new ArrayList<String>();
    values.forEach((name, value) -> {
      if (!UNLIMITED.contains(value.get().orElse(""))) {
        given.add(name);
      }
    });
    if (given.isEmpty()) {
      return;
    }
    if (canBeSet()) {
      throw Values.notYet("run with %s: the option".formatted(given.getFirst()));
    }
    options
        .err()
        .println(
            ("warning: %s: limits need control groups of version 2 that this user may write to,"
                    + " which are not there; the container runs without them")
                .formatted(String.join(", ", given)));
    options.err().flush();
  }

  /// Whether this process is in a group of version 2 in which it may make others.
  private static boolean canBeSet() {
    try {
      var group =
          Files.readString(Path.of("/proc/self/cgroup"))
              .lines()
              .filter(line -> line.startsWith("0::/"))
              .map(line -> Path.of("/sys/fs/cgroup" + line.substring("0::".length())))
              .findFirst();
      return Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))
          && group.filter(Files::isWritable).isPresent();
    } catch (IOException _) {
      return false;
    }
  }
}
