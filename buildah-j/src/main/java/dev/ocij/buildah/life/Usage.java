package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.spec.OciException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a container uses, as its control group counts it.
///
/// @param cpu since it began
/// @param memory in bytes; empty where the group does not count it, as the limit where it has none
/// @param processes threads too where the group counts them
public record Usage(
    ContainerState container,
    Instant time,
    Duration cpu,
    OptionalLong memory,
    OptionalLong memoryLimit,
    long processes) {

  /// @throws OciException where the container does not run, or is in no control group of its own
  public static Usage of(Containers containers, ContainerState container) {
    if (!container.isActive()) {
      throw new OciException(
          OciException.Category.USAGE,
          "stats of container %s: it is not running".formatted(container.id()));
    }
    return ControlGroup.find(containers.directory(container))
        .map(group -> of(group, container))
        .orElseThrow(() ->
            new OciException(
                OciException.Category.UNSUPPORTED,
                "stats of container %s: it is in no control group that counts; top tells of its processes"
                    .formatted(container.id())));
  }

  private static Usage of(ControlGroup group, ContainerState container) {
    var counted = number(group.read("pids.current"));
    return new Usage(
        container,
        Instant.now(),
        Duration.ofNanos(1000 * field(group, "cpu.stat", "usage_usec")),
        number(group.read("memory.current")),
        number(group.read("memory.max")),
        counted.orElseGet(() -> lines(group.read("cgroup.procs")).count()));
  }

  private static long field(ControlGroup group, String file, String name) {
    return lines(group.read(file))
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static Stream<String> lines(@Nullable String text) {
    return Optional.ofNullable(text).stream().flatMap(String::lines);
  }

  private static OptionalLong number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /// Of one processor, from its beginning to now.
  public double averagePercent() {
    var started = container.started();
    return started == null ? 0 : percent(cpu, Duration.between(started, time));
  }

  /// Of one processor, from an earlier look to this one.
  public double percentSince(Usage earlier) {
    return percent(cpu.minus(earlier.cpu), Duration.between(earlier.time, time));
  }

  private static double percent(Duration used, Duration passed) {
    return passed.toNanos() <= 0 ? 0 : 100.0 * used.toNanos() / passed.toNanos();
  }
}
