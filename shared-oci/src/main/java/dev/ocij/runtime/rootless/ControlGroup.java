package dev.ocij.runtime.rootless;

import dev.ocij.runtime.LinuxConfig.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A control group of version 2 with limits, for one container; it goes when that has ended.
public final class ControlGroup implements AutoCloseable {
  private static final Path HIERARCHY = Path.of("/sys/fs/cgroup");

  /// The factor and the range by which version 2 counts what were shares.
  private static final long MOST_WEIGHT = 9999;

  private static final long MOST_SHARES = 262142;

  private final Path directory;

  private ControlGroup(Path directory) {
    this.directory = directory;
  }

  /// Why these limits cannot be set on this machine; empty where they can. Tried, and taken back.
  public static Optional<String> obstacle(Resources limits) {
    try (var _ = make(limits)) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "limits of memory and processors are not set: no control group of version 2 is delegated"
              + " to this process (%s); systemd-run --user --scope -p Delegate=yes gives one"
                  .formatted(e.getMessage()));
    }
  }

  /// Makes a group with these limits.
  ///
  /// @throws IOException where it, or one of the limits, is not allowed; nothing is left
  static ControlGroup make(Resources limits) throws IOException {
    if (!Files.exists(HIERARCHY.resolve("cgroup.controllers"))) {
      throw new IOException(HIERARCHY + " is not of version 2");
    }
    var own = HIERARCHY.resolve(own()).normalize();
    // A group with processes of its own cannot limit others below it: then one beside it.
    try {
      return make(own, limits);
    } catch (IOException _) {
      return make(own.equals(HIERARCHY) ? own : own.resolve("..").normalize(), limits);
    }
  }

  /// Makes a group in `parent`.
  static ControlGroup make(Path parent, Resources limits) throws IOException {
    var group = new ControlGroup(Files.createTempDirectory(parent, "ocij-"));
    try {
      for (var setting : settings(limits).entrySet()) {
        Files.writeString(group.directory.resolve(setting.getKey()), setting.getValue());
      }
      return group;
    } catch (IOException e) {
      group.close();
      throw e;
    }
  }

  private static String own() {
    return Host.read("/proc/self/cgroup")
        .lines()
        .filter(line -> line.startsWith("0::/"))
        .map(line -> line.substring("0::/".length()))
        .findFirst()
        .orElse("");
  }

  /// The files of the group, with what is written there.
  static Map<String, String> settings(Resources limits) {
    var settings = new LinkedHashMap<String, String>();
    var memory = limits.memory();
    if (memory != null) {
      put(settings, "memory.max", memory.limit());
      put(settings, "memory.low", memory.reservation());
      put(settings, "memory.swap.max", swap(memory));
    }
    var cpu = limits.cpu();
    if (cpu != null) {
      if (cpu.quota() != null || cpu.period() != null) {
        settings.put(
            "cpu.max", number(cpu.quota()) + (cpu.period() == null ? "" : " " + cpu.period()));
      }
      if (cpu.shares() != null) {
        settings.put("cpu.weight", Long.toString(weight(cpu.shares())));
      }
      put(settings, "cpuset.cpus", cpu.cpus());
      put(settings, "cpuset.mems", cpu.mems());
    }
    if (limits.pids() != null) {
      put(settings, "pids.max", limits.pids().limit());
    }
    return settings;
  }

  /// The runtime-spec counts memory and swap together, version 2 swap alone.
  private static @Nullable Long swap(Resources.Memory memory) {
    var both = memory.swap();
    if (both == null || both < 0 || memory.limit() == null) {
      return both;
    }
    return both - memory.limit();
  }

  private static long weight(long shares) {
    return 1 + Math.max(0, shares - 2) * MOST_WEIGHT / MOST_SHARES;
  }

  private static String number(@Nullable Long value) {
    return value == null || value < 0 ? "max" : value.toString();
  }

  private static void put(Map<String, String> settings, String file, @Nullable Object value) {
    if (value != null) {
      settings.put(file, value instanceof Long number ? number(number) : value.toString());
    }
  }

  /// The file that a process joins by writing to it.
  Path processes() {
    return directory.resolve("cgroup.procs");
  }

  /// Ends what still runs in the group, and removes it. The kernel needs a moment for that.
  @Override
  public void close() {
    try {
      if (Files.exists(directory.resolve("cgroup.kill"))) {
        Files.writeString(directory.resolve("cgroup.kill"), "1");
      }
      for (int i = 0; i < 50 && !remove(); i++) {
        // The kernel tells nobody when the last of a group is gone: rmdir is what can be asked.
        Thread.sleep(10);
      }
    } catch (IOException _) {
      // A group that stays is empty, and goes with the session.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean remove() {
    try {
      Files.deleteIfExists(directory);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
