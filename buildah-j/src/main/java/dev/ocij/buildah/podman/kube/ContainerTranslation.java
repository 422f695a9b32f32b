package dev.ocij.buildah.podman.kube;

import dev.ocij.buildah.podman.kube.PlayedPod.PlayedContainer;
import dev.ocij.spec.FieldReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Containers of a pod, as the lines of `create` that make them.
///
/// @param pod its name
/// @param common options of all its containers
/// @param volumes that they may mount
/// @param rights that they have where they say nothing else
record ContainerTranslation(
    String pod, List<String> common, List<PodVolume> volumes, SecurityContext rights) {

  /// @param initial whether it ends before others start
  /// @param restart when it is started again
  PlayedContainer container(FieldReader container, boolean initial, String restart) {
    var image = image(container.required("image"));
    var variables = variables(container);
    var text = new VariableText(variables);
    var options = new ArrayList<String>();
    options.add("--name=%s-%s".formatted(pod, container.required("name")));
    options.addAll(common);
    options.add("--restart=" + restart);
    options.add("--pull=" + pull(container.text("imagePullPolicy"), image));
    variables.forEach((name, value) -> options.add("--env=%s=%s".formatted(name, value)));
    Words.add(options, "--workdir", container.text("workingDir"));
    Words.addFlag(options, "--interactive", container.flag("stdin"));
    Words.addFlag(options, "--tty", container.flag("tty"));
    container.objects("volumeMounts", this::mount).forEach(options::add);
    options.addAll(limits(container));
    options.addAll(rights.options(container));
    options.addAll(probe(container, restart));
    var command = container.texts("command").stream().map(text::expand).toList();
    Words.add(options, "--entrypoint", command.isEmpty() ? null : Words.list(command));
    var words = new ArrayList<>(List.of(image));
    container.texts("args").stream().map(text::expand).forEach(words::add);
    return new PlayedContainer(initial, options, words);
  }

  private static String image(String name) {
    if (name.startsWith("-") || name.isEmpty()) {
      throw Words.unexpected("image", name, "the name of an image");
    }
    return name;
  }

  /// What a registry may have changed is looked for there; without it what is here serves.
  private static String pull(@Nullable String policy, String image) {
    if (policy == null) {
      var last = image.substring(image.lastIndexOf('/') + 1);
      return last.endsWith(":latest") || !(last.contains(":") || last.contains("@"))
          ? "newer"
          : "missing";
    }
    return switch (policy) {
      case "Always" -> "always";
      case "IfNotPresent" -> "missing";
      case "Never" -> "never";
      default -> throw Words.unexpected("imagePullPolicy", policy, "Always, IfNotPresent or Never");
    };
  }

  /// A variable may name those before it.
  private static Map<String, String> variables(FieldReader container) {
    var variables = new LinkedHashMap<String, String>();
    for (var variable : container.objects("env", ContainerTranslation::variable)) {
      var value = new VariableText(variables).expand(variable.getValue());
      variables.put(variable.getKey(), value);
    }
    return variables;
  }

  private static Map.Entry<String, String> variable(FieldReader variable) {
    var value = Objects.requireNonNullElse(variable.text("value"), "");
    return Map.entry(name(variable.required("name")), value);
  }

  /// Neither a pattern nor a value of the caller's is meant.
  private static String name(String name) {
    if (name.isEmpty() || name.contains("=")) {
      throw Words.unexpected("env", name, "the name of a variable");
    }
    return name;
  }

  private String mount(FieldReader mount) {
    var name = mount.required("name");
    var path = mount.required("mountPath");
    var volume =
        volumes.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> Words.unexpected("volumeMounts", name, "the name of a volume of the pod"));
    if (path.contains(":")) {
      throw Words.unexpected("mountPath", path, "a path without a colon");
    }
    boolean readOnly = mount.flag("readOnly") || volume.readOnly();
    return "--volume=%s:%s%s".formatted(volume.source(), path, readOnly ? ":ro" : "");
  }

  private static List<String> limits(FieldReader container) {
    var words = new ArrayList<String>();
    container.object(
        "resources",
        resources -> {
          resources.object("limits", limits -> limit(limits, words));
          return words;
        });
    return words;
  }

  private static List<String> limit(FieldReader limits, List<String> words) {
    var memory = limits.textOrNumber("memory");
    var cpu = limits.textOrNumber("cpu");
    Words.add(words, "--memory", memory == null ? null : Quantity.parse(memory).bytes());
    Words.add(words, "--cpus", cpu == null ? null : Quantity.parse(cpu).processors());
    return words;
  }

  /// What asks whether it lives; where it does not, it ends, and is started again where it may be.
  private static List<String> probe(FieldReader container, String restart) {
    var words = new ArrayList<String>();
    container.object(
        "livenessProbe",
        probe -> {
          var command = probe.object("exec", exec -> exec.texts("command"));
          if (command != null) {
            words.add("--health-cmd=" + Words.list(command));
            seconds(words, "--health-interval", probe, "periodSeconds", 10);
            seconds(words, "--health-timeout", probe, "timeoutSeconds", 1);
            seconds(words, "--health-start-period", probe, "initialDelaySeconds", 0);
            long failures = probe.numberOrZero("failureThreshold");
            words.add("--health-retries=" + (failures == 0 ? 3 : failures));
            words.add("--health-on-failure=" + (restart.equals("no") ? "kill" : "restart"));
          }
          return words;
        });
    return words;
  }

  private static void seconds(
      List<String> words, String option, FieldReader probe, String field, long otherwise) {
    long asked = probe.numberOrZero(field);
    words.add("%s=%ds".formatted(option, asked == 0 ? otherwise : asked));
  }
}
