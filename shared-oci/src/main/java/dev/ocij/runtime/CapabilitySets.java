package dev.ocij.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
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
    List<String> ambient)
    implements JsonForm {

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

  static CapabilitySets from(FieldReader json) {
    return new CapabilitySets(
        json.texts("bounding"),
        json.texts("effective"),
        json.texts("permitted"),
        json.texts("inheritable"),
        json.texts("ambient"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("bounding", bounding)
        .put("effective", effective)
        .put("permitted", permitted)
        .put("inheritable", inheritable)
        .put("ambient", ambient)
        .node();
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
