package dev.ocij.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads policy.json, which is refused as a whole for anything that is not understood.
final class PolicyReader {
  private static final Set<String> BY_PATH = Set.of("dir", "oci", "oci-archive");
  private static final Set<String> WITHOUT_SCOPES = Set.of("docker-archive", "tarball");

  private PolicyReader() {}

  static PolicyFile policy(JsonNode root, List<SignatureFormat<?>> formats) {
    var policy = StrictObject.of(root, "policy");
    var fallback = requirements(policy.take("default"), "\"default\"");
    var transports = policy.find("transports");
    policy.end();
    return new PolicyFile(
        fallback, transports == null ? Map.of() : PolicyReader.transports(transports), formats);
  }

  private static Map<String, Map<String, List<Requirement>>> transports(JsonNode node) {
    refuseUnless(node.isObject(), "\"transports\"", "expected an object");
    var transports = new HashMap<String, Map<String, List<Requirement>>>();
    node.properties().forEach(t -> transports.put(t.getKey(), scopes(t.getKey(), t.getValue())));
    return transports;
  }

  private static Map<String, List<Requirement>> scopes(String transport, JsonNode node) {
    refuseUnless(
        node.isObject(), "transport %s".formatted(Quoted.of(transport)), "expected an object");
    var scopes = new HashMap<String, List<Requirement>>();
    for (var entry : node.properties()) {
      var where =
          "transport %s, scope %s".formatted(Quoted.of(transport), Quoted.of(entry.getKey()));
      refuseScope(transport, entry.getKey(), where);
      scopes.put(entry.getKey(), requirements(entry.getValue(), where));
    }
    return Map.copyOf(scopes);
  }

  private static void refuseScope(String transport, String scope, String where) {
    if (scope.isEmpty()) {
      return;
    }
    refuseUnless(
        !WITHOUT_SCOPES.contains(transport), where, "this transport has only the scope \"\"");
    if (BY_PATH.contains(transport)) {
      refuseUnless(scope.startsWith("/"), where, "expected an absolute path");
      refuseUnless(
          !scope.equals("/"), where, "use the scope \"\" for everything of this transport");
      refuseUnless(
          Path.of(scope).normalize().toString().equals(scope),
          where,
          "expected a path without \".\", \"..\" and doubled slashes");
    }
  }

  private static List<Requirement> requirements(JsonNode node, String where) {
    refuseUnless(
        node.isArray() && !node.isEmpty(), where, "expected a list of at least one requirement");
    var requirements = new ArrayList<Requirement>();
    for (var element : node) {
      requirements.add(
          RequirementReader.requirement(StrictObject.of(element, where + ": requirement")));
    }
    return List.copyOf(requirements);
  }

  private static void refuseUnless(boolean holds, String where, String reason) {
    if (!holds) {
      throw new OciException(OciException.Category.INVALID, where + ": " + reason);
    }
  }
}
