package dev.ocij.buildah.container;

import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The changes that `config` knows, each by the text of its option.
public final class ConfigEdits {
  private static final String CLEAR = "-";

  private ConfigEdits() {}

  /// Makes the changes.
  ///
  /// @param remembered whether the history tells of them
  public static void apply(OpenContainer container, List<ConfigEdit> edits, boolean remembered)
      throws IOException {
    var state = container.state();
    for (var edit : edits) {
      state = edit.change().apply(state);
      var step = edit.step();
      if (remembered && step != null) {
        state = state.withStep(step, Instant.now());
      }
    }
    container.write(state);
  }

  public static ConfigEdit user(String text) {
    return ConfigEdit.ofContainers(draft -> draft.user = text, "USER " + text);
  }

  public static ConfigEdit workingDir(String text) {
    return ConfigEdit.ofContainers(draft -> draft.workingDir = text, "WORKDIR " + text);
  }

  public static ConfigEdit shell(String text) {
    return ConfigEdit.ofContainers(draft -> draft.shell = CommandText.words(text), "SHELL " + text);
  }

  public static ConfigEdit stopSignal(String text) {
    return ConfigEdit.ofContainers(draft -> draft.stopSignal = text, "STOPSIGNAL " + text);
  }

  public static ConfigEdit cmd(String text) {
    return ConfigEdit.ofContainers(draft -> draft.cmd = CommandText.words(text), "CMD " + text);
  }

  /// An array, or a line for the shell.
  public static ConfigEdit entrypoint(String text) {
    return ConfigEdit.ofContainers(
        draft -> draft.entrypoint = CommandText.inShell(text), "ENTRYPOINT " + text);
  }

  /// `NONE`, `CMD …` or `CMD-SHELL …`; nothing removes what was set before.
  public static ConfigEdit healthcheck(String text) {
    var words = CommandText.words(text);
    return ConfigEdit.ofContainers(
        draft ->
            draft.healthcheck =
                words.isEmpty() ? null : HealthEdit.test(words).apply(HealthEdit.begun(draft)),
        "HEALTHCHECK " + text);
  }

  /// A change of the health check that is there, or of one that says nothing else.
  public static ConfigEdit healthcheck(HealthEdit change) {
    return ConfigEdit.ofContainers(draft -> draft.healthcheck = change.apply(HealthEdit.of(draft)));
  }

  /// Only Docker's engine knows it.
  public static ConfigEdit hostname(String text) {
    return ConfigEdit.ofContainers(draft -> draft.hostname = text);
  }

  /// Only Docker's engine knows it.
  public static ConfigEdit domainname(String text) {
    return ConfigEdit.ofContainers(draft -> draft.domainname = text);
  }

  public static ConfigEdit author(String text) {
    return ConfigEdit.ofImage(config -> config.withAuthor(text));
  }

  public static ConfigEdit comment(String text) {
    return ConfigEdit.ofImage(config -> config.withComment(text));
  }

  public static ConfigEdit createdBy(String text) {
    return ConfigEdit.of(draft -> draft.createdBy = text);
  }

  public static ConfigEdit historyComment(String text) {
    return ConfigEdit.of(draft -> draft.historyComment = text);
  }

  /// A change of what it is for.
  public static ConfigEdit platform(Function<Platform, Platform> change) {
    return ConfigEdit.ofImage(config -> config.withPlatform(change.apply(config.platform())));
  }

  /// `NAME=VALUE`, whose `$NAME`s are those of the container; `NAME-` removes, `-` clears.
  public static ConfigEdit env(String text, Map<String, String> caller) {
    return ConfigEdit.ofContainers(draft -> env(draft, text, caller), "ENV " + text);
  }

  private static void env(ContainerConfig.Draft draft, String text, Map<String, String> caller) {
    int equals = text.indexOf('=');
    if (text.equals(CLEAR)) {
      draft.env.clear();
    } else if (equals < 0 && text.endsWith(CLEAR)) {
      draft.env.removeIf(each -> each.startsWith(text.substring(0, text.length() - 1) + "="));
    } else if (equals > 0) {
      var value = CommandText.expand(text.substring(equals + 1), draft.env);
      setLast(draft, text.substring(0, equals), value);
    } else if (caller.containsKey(text)) {
      setLast(draft, text, String.valueOf(caller.get(text)));
    } else {
      throw new OciException(
          OciException.Category.USAGE, "setting env \"%s\": no value given".formatted(text));
    }
  }

  /// A variable that is set anew goes behind all others.
  private static void setLast(ContainerConfig.Draft draft, String name, String value) {
    draft.env.removeIf(each -> each.startsWith(name + "="));
    draft.env.add(name + "=" + value);
  }

  /// `NAME=VALUE`; `NAME-` removes, `-` clears.
  public static ConfigEdit label(String text) {
    return ConfigEdit.ofContainers(draft -> pair(draft.labels, text), "LABEL " + text);
  }

  /// As [#label].
  public static ConfigEdit annotation(String text) {
    return ConfigEdit.of(draft -> {
      var changed = new LinkedHashMap<>(draft.annotations);
      pair(changed, text);
      draft.annotations = changed;
    });
  }

  public static ConfigEdit unsetAnnotation(String name) {
    return annotation(name + CLEAR);
  }

  public static ConfigEdit unsetLabel(String name) {
    return ConfigEdit.ofContainers(draft -> draft.labels.remove(name), "LABEL " + name + CLEAR);
  }

  private static void pair(Map<String, String> pairs, String text) {
    int equals = text.indexOf('=');
    if (text.equals(CLEAR)) {
      pairs.clear();
    } else if (equals >= 0) {
      pairs.put(text.substring(0, equals), text.substring(equals + 1));
    } else if (text.endsWith(CLEAR)) {
      pairs.remove(text.substring(0, text.length() - 1));
    } else {
      pairs.put(text, "");
    }
  }

  /// A port; with `-` behind it one that is removed, `-` clears.
  public static ConfigEdit port(String text) {
    return ConfigEdit.ofContainers(draft -> key(draft.exposedPorts, text), "EXPOSE " + text);
  }

  /// As [#port], of a volume's path.
  public static ConfigEdit volume(String text) {
    return ConfigEdit.ofContainers(draft -> key(draft.volumes, text), "VOLUME " + text);
  }

  private static void key(Map<String, Map<String, String>> keys, String text) {
    if (text.equals(CLEAR)) {
      keys.clear();
    } else if (text.endsWith(CLEAR)) {
      keys.remove(text.substring(0, text.length() - 1));
    } else {
      keys.put(text, Map.of());
    }
  }

  public static ConfigEdit onBuild(String text) {
    return ConfigEdit.ofContainers(draft -> member(draft.onBuild, text), "ONBUILD " + text);
  }

  public static ConfigEdit osFeature(String text) {
    return platform(platform -> {
      var features = new ArrayList<>(platform.osFeatures());
      member(features, text);
      return new Platform(
          platform.architecture(),
          platform.os(),
          platform.osVersion(),
          features,
          platform.variant());
    });
  }

  private static void member(List<String> members, String text) {
    if (text.equals(CLEAR)) {
      members.clear();
    } else if (text.endsWith(CLEAR)) {
      members.remove(text.substring(0, text.length() - 1));
    } else {
      members.add(text);
    }
  }
}
