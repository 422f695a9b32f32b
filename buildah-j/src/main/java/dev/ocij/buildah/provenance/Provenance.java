package dev.ocij.buildah.provenance;

import dev.ocij.spec.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where an image comes from: SLSA's provenance, version 1. docs/attestations.md describes its
/// parameters.
///
/// @param containerfiles in their order
/// @param parameters further ones that the caller chose
/// @param dependencies what the build took
/// @param builder a URI for who builds
/// @param started when the build began
/// @param finished when the image was there
public record Provenance(
    List<Resource> containerfiles,
    Map<String, Object> parameters,
    List<Resource> dependencies,
    String builder,
    Instant started,
    Instant finished) {
  public static final String PREDICATE_TYPE = "https://slsa.dev/provenance/v1";

  /// Who builds where nobody says it: a build on somebody's machine, which vouches for nothing.
  public static final String ANYWHERE = "tag:ocij.dev,2026:buildah-j/anywhere";

  static final String BUILD_TYPE = "tag:ocij.dev,2026:buildah-j/containerfile/v1";
  private static final Map<String, String> VERSION = Map.of("buildah-j", "0.1.0");

  public Provenance {
    containerfiles = List.copyOf(containerfiles);
    parameters = new TreeMap<>(parameters);
    dependencies = List.copyOf(dependencies);
  }

  public Said said() {
    var predicate = new LinkedHashMap<String, Object>();
    predicate.put("buildDefinition", definition());
    predicate.put("runDetails", details());
    return new Said(PREDICATE_TYPE, Json.tree(predicate));
  }

  private Map<String, Object> definition() {
    var external = new LinkedHashMap<String, Object>();
    external.put("containerfiles", containerfiles);
    external.putAll(parameters);
    var definition = new LinkedHashMap<String, Object>();
    definition.put("buildType", BUILD_TYPE);
    definition.put("externalParameters", external);
    definition.put("internalParameters", Map.of());
    definition.put("resolvedDependencies", dependencies);
    return definition;
  }

  private Map<String, Object> details() {
    var builderFields = new LinkedHashMap<String, Object>();
    builderFields.put("id", builder);
    builderFields.put("version", VERSION);
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("startedOn", started);
    metadata.put("finishedOn", finished);
    var details = new LinkedHashMap<String, Object>();
    details.put("builder", builderFields);
    details.put("metadata", metadata);
    return details;
  }
}
