package dev.ocij.buildah.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a container was asked to have of namespaces, in the words of `inspect`: `private`, `host`,
/// `container:ID`, `ns:FILE`; that of ipc also `shareable` and `none`.
///
/// @param modes by the types of the runtime-spec; one that is missing is as usual
public record NamespaceModes(Map<String, String> modes) {
  public static final String CONTAINER = "container:";
  public static final NamespaceModes USUAL = new NamespaceModes(Map.of());

  public NamespaceModes {
    modes = Map.copyOf(modes);
  }

  public Optional<String> of(String type) {
    return Optional.ofNullable(modes.get(type));
  }

  /// The ids of the containers that have the namespaces, by types.
  public Map<String, String> owners() {
    var owners = new LinkedHashMap<String, String>();
    modes.forEach((type, mode) -> {
      if (mode.startsWith(CONTAINER)) {
        owners.put(type, mode.substring(CONTAINER.length()));
      }
    });
    return owners;
  }

  /// The ids of the containers that it cannot be without.
  public List<String> dependencies() {
    return owners().values().stream().distinct().sorted().toList();
  }

  /// Whether other containers may have its means of communication too.
  boolean sharesIpc() {
    return !of("ipc").filter(mode -> List.of("private", "none").contains(mode)).isPresent();
  }
}
