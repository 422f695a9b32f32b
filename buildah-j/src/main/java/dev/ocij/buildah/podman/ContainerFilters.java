package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `--filter KEY=VALUE`: of several values of a key one must be true, of `label` all; and something
/// of each key.
final class ContainerFilters {
  private final Clock clock;
  private final Containers containers;

  private ContainerFilters(Clock clock, Containers containers) {
    this.clock = clock;
    this.containers = containers;
  }

  static Predicate<ContainerState> parse(List<String> given, Clock clock, Containers containers)
      throws IOException {
    var filters = new ContainerFilters(clock, containers);
    Map<String, Predicate<ContainerState>> byKey = new LinkedHashMap<>();
    for (var text : given) {
      var parts = text.split("=", 2);
      if (parts.length < 2) {
        throw Values.usage("invalid filter %s: expected KEY=VALUE".formatted(Quoted.of(text)));
      }
      var filter = filters.of(parts[0], parts[1]);
      byKey.merge(parts[0], filter, parts[0].startsWith("label") ? Predicate::and : Predicate::or);
    }
    return byKey.values().stream().reduce(_ -> true, Predicate::and);
  }

  private Predicate<ContainerState> of(String key, String value) throws IOException {
    return switch (key) {
      case "id" -> each -> each.id().startsWith(value);
      case "name" -> named(value);
      case "label" -> label(value);
      case "label!" -> label(value).negate();
      case "status" -> status(value);
      case "exited" -> exited(Values.number(value, "exit code"));
      case "ancestor" -> each -> isOf(value, each);
      case "before" -> before(containers.find(value));
      case "since" -> since(containers.find(value));
      case "until" -> until(value);
      case "volume" ->
          each -> each.settings().volumes().contains(value) || each.volumes().contains(value);
      case "restart-policy" -> each -> each.settings().restart().equals(value);
      case "network" -> each -> each.settings().network().equals(value);
      case "command" ->
          each -> !each.command().isEmpty() && each.command().getFirst().equals(value);
      case "pod" -> inPod(value);
      case "health" -> each -> health(each).equals(value);
      default -> throw Values.usage("%s is an invalid filter".formatted(Quoted.of(key)));
    };
  }

  private String health(ContainerState container) {
    var health = containers.healthOf(container);
    return health.isEmpty() ? "none" : health;
  }

  private static Predicate<ContainerState> inPod(String value) {
    return each -> {
      var pod = each.settings().pod();
      return pod != null && (pod.name().equals(value) || pod.id().startsWith(value));
    };
  }

  private static Predicate<ContainerState> named(String value) {
    try {
      var pattern = Pattern.compile(value);
      return each -> pattern.matcher(each.name()).find();
    } catch (PatternSyntaxException _) {
      throw Values.usage(
          "invalid filter name=%s: expected a regular expression".formatted(Quoted.of(value)));
    }
  }

  private static Predicate<ContainerState> label(String value) {
    var parts = value.split("=", 2);
    return each ->
        each.labels().containsKey(parts[0])
            && (parts.length == 1 || parts[1].equals(each.labels().get(parts[0])));
  }

  private static Predicate<ContainerState> status(String value) {
    var known = new ArrayList<>(List.of("created", "initialized", "running", "paused", "exited"));
    known.addAll(List.of("stopped", "stopping", "removing", "unknown"));
    if (!known.contains(value)) {
      throw Values.usage("%s is not a valid status".formatted(Quoted.of(value)));
    }
    return each -> each.statusName().equals(value.equals("stopped") ? "exited" : value);
  }

  private static Predicate<ContainerState> exited(int code) {
    return each -> each.status() == ContainerState.Status.EXITED && each.exitCode() == code;
  }

  private static boolean isOf(String image, ContainerState container) {
    var name = container.image();
    return ("/" + name).endsWith("/" + image)
        || ("/" + name).contains("/" + image + ":")
        || ("/" + name).contains("/" + image + "@")
        || (container.imageId() != null && container.imageId().startsWith(image));
  }

  private static Predicate<ContainerState> before(ContainerState other) {
    return each -> each.created().isBefore(other.created());
  }

  private static Predicate<ContainerState> since(ContainerState other) {
    return each -> each.created().isAfter(other.created());
  }

  private Predicate<ContainerState> until(String value) {
    var time = LogTime.parse(value, clock);
    return each -> each.created().isBefore(time);
  }
}
