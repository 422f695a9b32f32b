package dev.ocij.buildah.podman;

import dev.ocij.runtime.LinuxConfig.Resources;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The limits that `run` may be told to set by a control group. Those that this machine or user
/// does not let be set are told in one warning, and the container runs without them.
final class LimitFlags {
  private static final long PERIOD = 100_000;
  private static final String MEMORY = "--memory";
  private static final String PIDS = "--pids-limit";
  private static final String SWAP = "--memory-swap";

  private final Options options;
  private final Map<String, Supplier<Optional<String>>> values = new LinkedHashMap<>();

  LimitFlags(Options options) {
    this.options = options;
    add("--cpus", "NUMBER", "so many processors at most");
    add("-c, --cpu-shares", "N", "weight beside others; usual is 1024");
    add("--cpu-period", "MICROSECONDS", "in which --cpu-quota counts");
    add("--cpu-quota", "MICROSECONDS", "of processor time in a period");
    add("--cpuset-cpus", "LIST", "the processors, as 0-2,4");
    add("--cpuset-mems", "LIST", "the memory nodes");
    add("-m, --memory", "SIZE", "the most memory");
    add(SWAP, "SIZE", "the most memory and swap; -1: any");
    add("--memory-reservation", "SIZE", "memory that is taken last where it is scarce");
    add(PIDS, "N", "the most processes; -1 or 0: any");
    options.text("--memory-swappiness", "N", "accepted; version 2 has no such thing");
  }

  private void add(String names, String value, String meaning) {
    values.put(names.substring(names.lastIndexOf(' ') + 1), options.text(names, value, meaning));
  }

  /// What was asked for; null for nothing.
  ///
  /// @throws OciException where a value makes no sense
  @Nullable Resources limits() {
    var given = given();
    if (given.isEmpty()) {
      return null;
    }
    var limits = new Resources(memory(), processors(), pids());
    if (limits.equals(new Resources(null, null, null))) {
      return null;
    }
    ControlGroup.obstacle(limits)
        .ifPresent(why -> {
          options.err().println(LogLine.warning(String.join(", ", given) + ": " + why));
          options.err().flush();
        });
    return limits;
  }

  private List<String> given() {
    var given = new ArrayList<String>();
    values.forEach((name, value) -> {
      if (value.get().isPresent() && !(name.equals(PIDS) && pids() == null)) {
        given.add(name);
      }
    });
    return given;
  }

  private Resources.@Nullable Memory memory() {
    var limit = size(MEMORY);
    var asked = size(SWAP);
    var swap = limit == null && Long.valueOf(-1).equals(asked) ? null : asked;
    if (swap != null && swap >= 0 && (limit == null || swap < limit)) {
      throw Values.usage(
          "--memory-swap %s: it counts memory and swap together, so --memory must be given and not be larger"
              .formatted(text(SWAP)));
    }
    // As much swap as memory, unless something else is asked for.
    var both = swap == null && limit != null && limit > 0 ? Long.valueOf(2 * limit) : swap;
    var reservation = size("--memory-reservation");
    return limit == null && both == null && reservation == null
        ? null
        : new Resources.Memory(limit, reservation, both);
  }

  private Resources.@Nullable Cpu processors() {
    var cpus = text("--cpus");
    var quota = number("--cpu-quota");
    var period = number("--cpu-period");
    if (cpus != null && (quota != null || period != null)) {
      throw Values.usage("--cpus and --cpu-quota or --cpu-period say the same: give one of them");
    }
    var share = cpus == null ? null : quota(cpus);
    var cpu =
        new Resources.Cpu(
            positive(number("--cpu-shares")),
            share == null ? positive(quota) : share,
            share == null ? positive(period) : Long.valueOf(PERIOD),
            list("--cpuset-cpus"),
            list("--cpuset-mems"));
    return cpu.equals(new Resources.Cpu(null, null, null, null, null)) ? null : cpu;
  }

  /// Zero stands for no limit.
  private static @Nullable Long quota(String cpus) {
    if (!cpus.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
      throw usage("--cpus", cpus, "a number of processors, as 1.5");
    }
    long quota = new BigDecimal(cpus).multiply(BigDecimal.valueOf(PERIOD)).longValue();
    return quota == 0 ? null : quota;
  }

  private Resources.@Nullable Pids pids() {
    var most = number(PIDS);
    return most == null || most <= 0 ? null : new Resources.Pids(most);
  }

  private static @Nullable Long positive(@Nullable Long value) {
    return value == null || value == 0 ? null : value;
  }

  private @Nullable Long size(String option) {
    var text = text(option);
    if (text == null || text.equals("0")) {
      return null;
    }
    var lower = text.toLowerCase(Locale.ROOT).replaceFirst("(?<=[0-9kmgt])b$", "");
    if (lower.equals("-1")) {
      return -1L;
    }
    if (!lower.matches("[0-9]{1,12}[kmgt]?")) {
      throw usage(option, text, "a number and b, k, m, g or t");
    }
    int unit = "kmgt".indexOf(lower.charAt(lower.length() - 1)) + 1;
    var digits = unit == 0 ? lower : lower.substring(0, lower.length() - 1);
    return Long.parseLong(digits) << (10 * unit);
  }

  private @Nullable Long number(String option) {
    var text = text(option);
    if (text != null && !text.matches("-?[0-9]{1,15}")) {
      throw usage(option, text, "a number");
    }
    return text == null ? null : Long.valueOf(text);
  }

  private @Nullable String list(String option) {
    var text = text(option);
    if (text != null && !text.matches("[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*")) {
      throw usage(option, text, "numbers, as 0-2,4");
    }
    return text;
  }

  private @Nullable String text(String option) {
    var flag = values.get(option);
    return flag == null ? null : flag.get().filter(text -> !text.isEmpty()).orElse(null);
  }

  private static OciException usage(String option, String value, String expected) {
    return Values.usage("%s %s: expected %s".formatted(option, Quoted.of(value), expected));
  }
}
