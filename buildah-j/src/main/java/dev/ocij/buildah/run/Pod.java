package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Containers that belong together, and share what its infra container holds.
///
/// @param id 64 hexadecimal digits
/// @param hostname of all its containers
/// @param infraId the container that holds the namespaces; absent for none
/// @param shared `ipc`, `net`, `user`, `uts`
/// @param network `private`, `none` or `host`
/// @param exitPolicy `continue`, or `stop` where the pod stops when the last of the others has
///   ended
/// @param defaults of all its containers
/// @param createCommand the line that made it
public record Pod(
    String id,
    String name,
    Instant created,
    Map<String, String> labels,
    String hostname,
    @Nullable String infraId,
    List<String> shared,
    String network,
    String exitPolicy,
    PodDefaults defaults,
    List<String> createCommand)
    implements JsonForm {
  public Pod {
    labels = Map.copyOf(labels);
    shared = List.copyOf(shared);
    createCommand = List.copyOf(createCommand);
  }

  static Pod parse(byte[] json) {
    return Json.read(json, Pod::from, "description of a pod");
  }

  private static Pod from(FieldReader json) {
    return new Pod(
        json.required("id"),
        json.required("name"),
        json.requiredTime("created"),
        json.textMap("labels"),
        json.required("hostname"),
        json.text("infraId"),
        json.texts("shared"),
        json.required("network"),
        json.required("exitPolicy"),
        Objects.requireNonNullElse(json.object("defaults", PodDefaults::from), PodDefaults.NONE),
        json.texts("createCommand"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("id", id)
        .put("name", name)
        .time("created", created)
        .map("labels", labels)
        .put("hostname", hostname)
        .text("infraId", infraId)
        .list("shared", shared)
        .put("network", network)
        .put("exitPolicy", exitPolicy)
        .form("defaults", defaults)
        .list("createCommand", createCommand)
        .node();
  }

  byte[] bytes() {
    return Json.write(this);
  }

  public boolean shares(String namespace) {
    return shared.contains(namespace);
  }

  /// Whether its containers are in a network of the pod's.
  public boolean hasNetwork() {
    return infraId != null && shares("net") && !network.equals("host");
  }

  /// Whether its containers are in the network of this machine.
  public boolean isOnHost() {
    return network.equals("host") && shares("net");
  }

  /// What a container of the pod remembers.
  public PodMember member(boolean infra) {
    var types =
        shared.stream()
            .filter(each -> !each.equals("net") || hasNetwork())
            .map(each -> each.equals("net") ? "network" : each)
            .toList();
    return new PodMember(id, name, infraId, infra, infraId == null ? List.of() : types, null);
  }
}
