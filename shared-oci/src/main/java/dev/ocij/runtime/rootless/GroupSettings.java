package dev.ocij.runtime.rootless;

import dev.ocij.runtime.LinuxConfig.Resources;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is written into the files of a control group of version 2 for limits of the runtime-spec.
final class GroupSettings {
  /// The factor and the range by which version 2 counts what were shares.
  private static final long MOST_WEIGHT = 9999;

  private static final long MOST_SHARES = 262142;

  private GroupSettings() {}

  /// The files of the group, with what is written there.
  static Map<String, String> of(Resources limits) {
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
}
