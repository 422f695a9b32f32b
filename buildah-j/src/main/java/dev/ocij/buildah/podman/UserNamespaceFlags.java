package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.AutomaticIds;
import dev.ocij.config.Environment;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.LinuxConfig.IdMapping;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which ids a container has. Ranges are those of the user namespace that the launcher has made,
/// where 0 is the caller, or for root, of the machine.
final class UserNamespaceFlags {
  private static final String NUMBER = "[0-9]{1,10}";
  private static final String AUTO = "auto";

  private final Supplier<Optional<String>> mode;
  private final Supplier<List<String>> uids;
  private final Supplier<List<String>> gids;

  UserNamespaceFlags(Options options) {
    mode = options.text("--userns", "host|keep-id|auto|nomap[:OPTIONS]", "the user namespace");
    uids = options.texts("--uidmap", "INSIDE:HERE:COUNT", "users of a namespace of its own");
    gids = options.texts("--gidmap", "INSIDE:HERE:COUNT", "groups of a namespace of its own");
  }

  void apply(ContainerRequest.Draft draft) {
    boolean explicit = !uids.get().isEmpty() || !gids.get().isEmpty();
    var asked = mode.get().orElse("");
    if (explicit && !asked.isEmpty()) {
      throw Values.usage(
          "--userns and --uidmap/--gidmap/--subuidname/--subgidname are mutually exclusive");
    }
    if (explicit) {
      draft.ids = explicit();
      return;
    }
    switch (asked.split(":", 2)[0]) {
      case "", "host", AUTO -> {}
      case "keep-id" -> keep(draft, asked.substring("keep-id".length()));
      case "nomap" -> {
        callers("nomap");
        draft.ids = new IdMaps(others("uid"), others("gid"));
      }
      case "container", "ns", "private" -> throw Values.notYet("run with --userns " + asked);
      default -> throw Values.usage("unrecognized namespace mode %s passed".formatted(asked));
    }
  }

  private IdMaps explicit() {
    var users = uids.get().isEmpty() ? gids.get() : uids.get();
    var groups = gids.get().isEmpty() ? uids.get() : gids.get();
    return new IdMaps(
        new IdMap(users.stream().map(text -> mapping("uid", text)).toList()),
        new IdMap(groups.stream().map(text -> mapping("gid", text)).toList()));
  }

  /// What `auto` asks for; null where something else is asked for.
  @Nullable AutomaticIds automatic() {
    var asked = mode.get().orElse("");
    if (!asked.split(":", 2)[0].equals(AUTO)) {
      return null;
    }
    Long size = null;
    var users = new ArrayList<IdMapping>();
    var groups = new ArrayList<IdMapping>();
    for (var option : Values.split(List.of(asked.substring(AUTO.length()).replaceFirst(":", "")))) {
      var parts = option.split("=", 2);
      var value = parts.length < 2 ? "" : parts[1];
      switch (parts[0]) {
        case "" -> {}
        case "size" -> size = size(value);
        case "uidmapping" -> users.add(mapping("uid", value));
        case "gidmapping" -> groups.add(mapping("gid", value));
        default -> throw Values.usage("unknown option specified: " + Quoted.of(parts[0]));
      }
    }
    return new AutomaticIds(size, users, groups);
  }

  private static long size(String value) {
    if (!value.matches(NUMBER) || Long.parseLong(value) == 0) {
      throw Values.usage("--userns auto:size=%s: expected a number of ids".formatted(value));
    }
    return Long.parseLong(value);
  }

  /// All ids but the caller's.
  private static IdMap others(String kind) {
    return new IdMap(List.of(new IdMapping(0, 1, count(kind) - 1)));
  }

  private static void keep(ContainerRequest.Draft draft, String options) {
    var kept = callers("keep-id");
    for (var option : options.isEmpty() ? new String[0] : options.substring(1).split(",")) {
      var parts = option.split("=", 2);
      if (!kept.containsKey(parts[0])) {
        throw Values.usage("unknown option specified: " + Quoted.of(parts[0]));
      }
      if (parts.length < 2 || !parts[1].matches(NUMBER)) {
        throw Values.usage(
            "--userns keep-id%s: expected uid=NUMBER and gid=NUMBER".formatted(options));
      }
      kept.put(parts[0], Long.valueOf(parts[1]));
    }
    draft.ids = new IdMaps(keeping("uid", kept), keeping("gid", kept));
    if (draft.user == null) {
      draft.user = kept.get("uid") + ":" + kept.get("gid");
    }
  }

  private static IdMap keeping(String kind, Map<String, Long> kept) {
    return IdMaps.keeping(Objects.requireNonNull(kept.get(kind)), count(kind));
  }

  /// The caller's ids outside of the launcher's namespace, which the launcher tells.
  private static Map<String, Long> callers(String mode) {
    var ids = Environment.system().variables().get("_OCIJ_USER");
    if (ids == null) {
      throw Values.usage(mode + " is only supported in rootless mode");
    }
    var both = ids.split(":");
    return new HashMap<>(Map.of("uid", Long.valueOf(both[0]), "gid", Long.valueOf(both[1])));
  }

  private static long count(String kind) {
    long count = IdMap.ofProcess(kind).size();
    if (count < 2) {
      throw Values.usage(
          "run in a user namespace of its own: there are no subordinate ids here; /etc/subuid and"
              + " /etc/subgid need a line for the user");
    }
    return count;
  }

  static IdMapping mapping(String kind, String text) {
    if (!text.matches("%1$s:%1$s:%1$s".formatted(NUMBER))) {
      throw Values.usage(
          "--%smap %s: expected INSIDE:HERE:COUNT, as in 0:1:1000"
              .formatted(kind, Quoted.of(text)));
    }
    var numbers = text.split(":");
    long here = Long.parseLong(numbers[1]);
    long size = Long.parseLong(numbers[2]);
    var all = IdMap.ofProcess(kind);
    if (size == 0 || !all.contains(here) || !all.contains(here + size - 1)) {
      throw Values.usage(
          "--%smap %s: there are %d ids here".formatted(kind, Quoted.of(text), all.size()));
    }
    return new IdMapping(Long.parseLong(numbers[0]), here, size);
  }
}
