package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a container knows of the pod that it belongs to.
///
/// @param id of the pod
/// @param name of the pod
/// @param infraId the container that holds the namespaces; absent where the pod has none
/// @param infra whether this is that container
/// @param shares types of namespaces, in the words of the runtime-spec, that are those of the pod
/// @param initial `once` or `always` where it ends before others of the pod start, each time that
///   the pod is started, and `once` is removed then; absent for one that lives with them
public record PodMember(
    String id,
    String name,
    @Nullable String infraId,
    boolean infra,
    List<String> shares,
    @Nullable String initial)
    implements JsonForm {
  public static final String ONCE = "once";
  static final String USERS = "user";

  public PodMember {
    shares = List.copyOf(shares);
  }

  static PodMember from(FieldReader json) {
    return new PodMember(
        json.required("id"),
        json.required("name"),
        json.text("infraId"),
        json.flag("infra"),
        json.texts("shares"),
        json.text("initial"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("id", id)
        .put("name", name)
        .text("infraId", infraId)
        .flag("infra", infra)
        .list("shares", shares)
        .text("initial", initial)
        .node();
  }

  /// The same, of a container that ends before others start.
  ///
  /// @param kind `once` or `always`
  public PodMember initially(String kind) {
    return new PodMember(id, name, infraId, infra, shares, kind);
  }

  /// Whether it is started in namespaces of another container.
  public boolean joins() {
    return !infra && infraId != null;
  }
}
