package dev.ocij.buildah.cli;

import dev.ocij.runtime.IdMap;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Which ids of the machine stand for those of containers. Commands are in the user namespace of
/// the tool: where that is one of its own, they share no id with others already, and which ones
/// they have shows in no image.
final class UserMappingFlags {
  private static final String NAMESPACE = "--userns";
  private static final Pattern MAPPING = Pattern.compile("[0-9]{1,10}:([0-9]{1,10}):([0-9]{1,10})");
  private static final long ALL_IDS = 4294967295L;

  private final Supplier<List<String>> namespace;
  private final Map<String, Supplier<List<String>>> mappings = new LinkedHashMap<>();
  private final Map<String, Supplier<List<String>>> owners = new LinkedHashMap<>();

  UserMappingFlags(Options options) {
    namespace = options.texts(NAMESPACE, "private|host", "the user namespace of commands");
    for (var kind : List.of("uid", "gid")) {
      mappings.put(kind, options.texts(name(kind), "ID:ID:COUNT", "accepted in a user namespace"));
    }
    for (var name : List.of("--userns-uid-map-user", "--userns-gid-map-group")) {
      owners.put(name, options.texts(name, "NAME", "accepted in a user namespace"));
    }
  }

  /// @throws dev.ocij.spec.OciException where ids would have to be others than they are, or do not
  ///   exist
  void check() {
    for (var asked : namespace.get()) {
      if (!asked.equals("host") && !asked.isEmpty()) {
        requireOwn(NAMESPACE + "=" + asked, asked.equals("private"));
      }
    }
    mappings.forEach((kind, flag) -> flag.get().forEach(text -> check(kind, text)));
    owners.forEach((name, flag) -> {
      if (!flag.get().isEmpty()) {
        requireOwn(name, true);
      }
    });
  }

  /// @param kind `uid` or `gid`
  static void check(String kind, String text) {
    var mapping = MAPPING.matcher(text);
    if (!mapping.matches()) {
      throw OrderedArguments.usage(
          "%s %s: expected ID:ID:COUNT, as in 0:0:1000".formatted(name(kind), Quoted.of(text)));
    }
    requireOwn(name(kind), true);
    long first = Long.parseLong(mapping.group(1));
    long last = first + Long.parseLong(mapping.group(2)) - 1;
    var ids = IdMap.ofProcess(kind);
    if (!ids.contains(first) || !ids.contains(last)) {
      throw OrderedArguments.usage(
          "%s %s: there are %d ids here".formatted(name(kind), Quoted.of(text), ids.size()));
    }
  }

  private static void requireOwn(String flag, boolean known) {
    if (!known || IdMap.ofProcess("uid").size() >= ALL_IDS) {
      throw LaterFlags.notYet(flag);
    }
  }

  static String name(String kind) {
    return NAMESPACE + "-" + kind + "-map";
  }
}
