package dev.ocij.runtime.rootless;

import java.util.List;
import java.util.Map;

/// Whom what is mounted below a mount later is shared with: mount_namespaces(7).
///
/// @param type the `MS_…` flag; 0 for whatever the mount has
/// @param recursive whether it holds for the mounts below, too
public record Propagation(long type, boolean recursive) {
  private static final String USUAL = "rprivate";
  private static final long SHARED = 1 << 20;
  private static final Map<String, Long> TYPES =
      Map.of(
          "unbindable", 1L << 17,
          "private", 1L << 18,
          "slave", 1L << 19,
          "shared", SHARED);

  private static final Propagation UNSAID = new Propagation(0, false);

  /// Whether an option of mounts is about this.
  public static boolean isOne(String option) {
    return TYPES.containsKey(withoutDepth(option));
  }

  /// The last option about this, as `inspect` has it.
  public static String name(List<String> options) {
    return options.stream().filter(Propagation::isOne).reduce(USUAL, (_, later) -> later);
  }

  static Propagation of(List<String> options) {
    return options.stream()
        .filter(Propagation::isOne)
        .reduce((_, later) -> later)
        .map(name -> new Propagation(type(name), !TYPES.containsKey(name)))
        .orElse(UNSAID);
  }

  boolean isShared() {
    return type == SHARED;
  }

  private static long type(String name) {
    return TYPES.getOrDefault(withoutDepth(name), 0L);
  }

  private static String withoutDepth(String option) {
    return option.startsWith("r") ? option.substring(1) : option;
  }
}
