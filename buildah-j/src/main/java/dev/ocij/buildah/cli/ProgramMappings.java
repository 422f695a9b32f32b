package dev.ocij.buildah.cli;

import dev.ocij.term.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `--userns-uid-map` and `--userns-gid-map` before a command's name: those of all containers that
/// say nothing else.
final class ProgramMappings {
  private final Map<String, Supplier<List<String>>> mappings = new LinkedHashMap<>();

  /// @param options of the program
  ProgramMappings(Options options) {
    for (var kind : List.of("uid", "gid")) {
      mappings.put(
          kind,
          options.textsBefore(
              UserMappingFlags.name(kind), "ID:ID:COUNT", "accepted in a user namespace"));
    }
  }

  /// @throws dev.ocij.spec.OciException as [UserMappingFlags#check()]
  void check() {
    mappings.forEach(
        (kind, flag) -> flag.get().forEach(text -> UserMappingFlags.check(kind, text)));
  }
}
