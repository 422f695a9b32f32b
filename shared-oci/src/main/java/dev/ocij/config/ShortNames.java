package dev.ocij.config;

import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Map;

/// What names without a registry may mean: `[aliases]` and `unqualified-search-registries`.
///
/// @param mode `enforcing`, `permissive` or `disabled`
/// @param registries to look in, the first first
/// @param aliases full repositories by short name
record ShortNames(String mode, List<String> registries, Map<String, String> aliases) {
  ShortNames {
    registries = List.copyOf(registries);
    aliases = Map.copyOf(aliases);
  }

  /// The full names that a typed one may mean, to be tried in this order. Where nothing is
  /// configured it means Docker's registry.
  ///
  /// @throws OciException where the configuration wants a person to choose
  List<String> candidates(String typed) {
    if (Repository.namesRegistry(typed)) {
      return List.of(typed);
    }
    int end = typed.indexOf('@') >= 0 ? typed.indexOf('@') : typed.indexOf(':');
    var name = end < 0 ? typed : typed.substring(0, end);
    var alias = mode.equals("disabled") ? null : aliases.get(name);
    if (alias != null) {
      return List.of(alias + typed.substring(name.length()));
    }
    if (registries.isEmpty()) {
      return List.of(typed);
    }
    if (registries.size() > 1 && mode.equals("enforcing")) {
      throw new OciException(
          OciException.Category.USAGE,
          "short-name resolution of %s: registries.conf enforces a choice among %s; type the full name"
              .formatted(Quoted.of(typed), String.join(", ", registries)));
    }
    return registries.stream().map(registry -> registry + "/" + typed).toList();
  }
}
