package dev.ocij.buildah.cli;

import dev.ocij.runtime.LinuxConfig.Resources;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How much memory and processor time the commands of RUN, or of a working container, may take, and
/// where that is counted.
final class LimitFlags {
  private final Supplier<Optional<String>> memory;
  private final Supplier<Optional<String>> swap;
  private final Supplier<Optional<String>> period;
  private final Supplier<Optional<String>> quota;
  private final Supplier<Optional<String>> shares;
  private final Supplier<Optional<String>> processors;
  private final Supplier<Optional<String>> nodes;
  private final Supplier<Optional<String>> parent;

  LimitFlags(Options options) {
    memory = options.text("-m, --memory", "SIZE", "the most memory of a command");
    swap = options.text("--memory-swap", "SIZE", "the most memory and swap; -1: any");
    period = options.text("--cpu-period", "MICROSECONDS", "in which --cpu-quota counts");
    quota = options.text("--cpu-quota", "MICROSECONDS", "of processor time in a period");
    shares = options.text("-c, --cpu-shares", "N", "weight beside others; usual is 1024");
    processors = options.text("--cpuset-cpus", "LIST", "the processors of a command, as 0-2,4");
    parent = options.text("--cgroup-parent", "PATH", "the control group above that of a command");
    nodes = options.text("--cpuset-mems", "LIST", "the memory nodes of a command");
  }

  /// What was asked for, if anything was.
  ///
  /// @throws OciException where a value makes no sense
  Optional<Resources> limits() {
    boolean any =
        Stream.of(memory, swap, period, quota, shares, processors, nodes)
            .anyMatch(flag -> flag.get().isPresent());
    return any ? Optional.of(resources()) : Optional.empty();
  }

  /// Why they are not kept on this machine, where that is so.
  Optional<String> obstacle() {
    return parent().isPresent()
        ? parent().flatMap(ControlGroup::obstacleBelow)
        : limits().flatMap(ControlGroup::obstacle);
  }

  /// The control group below which each command has its own, if one was named.
  ///
  /// @throws OciException where it cannot be meant
  Optional<String> parent() {
    var given = parent.get().filter(path -> !path.isEmpty());
    given.ifPresent(ControlGroup::below);
    return given;
  }

  private Resources resources() {
    return new Resources(
        new Resources.Memory(size("--memory", memory), null, size("--memory-swap", swap)),
        new Resources.Cpu(
            number("--cpu-shares", shares),
            number("--cpu-quota", quota),
            number("--cpu-period", period),
            list("--cpuset-cpus", processors),
            list("--cpuset-mems", nodes)),
        null);
  }

  private static @Nullable Long size(String option, Supplier<Optional<String>> flag) {
    var text = flag.get().orElse(null);
    if (text == null || text.equals("-1")) {
      return text == null ? null : -1L;
    }
    var lower = text.toLowerCase(Locale.ROOT).replaceFirst("b$", "");
    if (!lower.matches("[0-9]{1,15}[kmg]?")) {
      throw usage(option, text, "a number and b, k, m or g");
    }
    int unit = "kmg".indexOf(lower.charAt(lower.length() - 1)) + 1;
    var digits = unit == 0 ? lower : lower.substring(0, lower.length() - 1);
    return Long.parseLong(digits) << (10 * unit);
  }

  private static @Nullable Long number(String option, Supplier<Optional<String>> flag) {
    var text = flag.get().orElse(null);
    if (text != null && !text.matches("-?[0-9]{1,15}")) {
      throw usage(option, text, "a number");
    }
    return text == null ? null : Long.valueOf(text);
  }

  private static @Nullable String list(String option, Supplier<Optional<String>> flag) {
    var text = flag.get().orElse(null);
    if (text != null && !text.matches("[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*")) {
      throw usage(option, text, "numbers, as 0-2,4");
    }
    return text;
  }

  private static OciException usage(String option, String value, String expected) {
    return new OciException(
        OciException.Category.USAGE,
        "%s %s: expected %s".formatted(option, Quoted.of(value), expected));
  }
}
