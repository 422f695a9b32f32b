package dev.ocij.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a document may leave out, as the empty collection that it means.
final class Copies {
  private Copies() {}

  static <T> List<T> of(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  static <V> Map<String, V> of(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : Map.copyOf(map);
  }
}
