package dev.ocij.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The five sets of capabilities(7), by names such as `CAP_CHOWN`.
///
/// Bundles leave the inheritable and ambient sets empty: a program would hand them on to others,
/// that were never meant to have them.
public record CapabilitySets(
    List<String> bounding,
    List<String> effective,
    List<String> permitted,
    List<String> inheritable,
    List<String> ambient) {

  public CapabilitySets(
      @Nullable List<String> bounding,
      @Nullable List<String> effective,
      @Nullable List<String> permitted,
      @Nullable List<String> inheritable,
      @Nullable List<String> ambient) {
    this.bounding = Copies.of(bounding);
    this.effective = Copies.of(effective);
    this.permitted = Copies.of(permitted);
    this.inheritable = Copies.of(inheritable);
    this.ambient = Copies.of(ambient);
  }

  /// Those of a privileged program: all that the caller has, in the same sets.
  public static CapabilitySets privileged() {
    return of(List.copyOf(Capabilities.choose(true, List.of(), List.of())));
  }

  /// These in the bounding, effective and permitted set, the others empty.
  public static CapabilitySets of(List<String> names) {
    return new CapabilitySets(names, names, names, List.of(), List.of());
  }
}
