package dev.ocij.buildah.podman.kube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which fields of a pod are followed. What else is there is told by its path; where it would
/// change who may do what, or what a program sees, it is refused.
///
/// @param ignored is told of each field that is left out
record KnownFields(Consumer<String> ignored) {
  /// Fields that are followed, and some that mean nothing on one machine; `C` is a container.
  private static final Set<String> FOLLOWED =
      paths(
          """
          apiVersion
          kind
          metadata
          status
          spec.C[].args
          spec.C[].command
          spec.C[].env[].name
          spec.C[].env[].value
          spec.C[].image
          spec.C[].imagePullPolicy
          spec.C[].livenessProbe.exec.command
          spec.C[].livenessProbe.failureThreshold
          spec.C[].livenessProbe.initialDelaySeconds
          spec.C[].livenessProbe.periodSeconds
          spec.C[].livenessProbe.successThreshold
          spec.C[].livenessProbe.timeoutSeconds
          spec.C[].name
          spec.C[].ports[].containerPort
          spec.C[].ports[].hostIP
          spec.C[].ports[].hostPort
          spec.C[].ports[].name
          spec.C[].ports[].protocol
          spec.C[].resources.limits.cpu
          spec.C[].resources.limits.memory
          spec.C[].resources.requests
          spec.C[].securityContext.allowPrivilegeEscalation
          spec.C[].securityContext.capabilities.add
          spec.C[].securityContext.capabilities.drop
          spec.C[].securityContext.privileged
          spec.C[].securityContext.readOnlyRootFilesystem
          spec.C[].securityContext.runAsGroup
          spec.C[].securityContext.runAsNonRoot
          spec.C[].securityContext.runAsUser
          spec.C[].securityContext.seccompProfile.type
          spec.C[].stdin
          spec.C[].tty
          spec.C[].volumeMounts[].mountPath
          spec.C[].volumeMounts[].name
          spec.C[].volumeMounts[].readOnly
          spec.C[].workingDir
          spec.dnsConfig.nameservers
          spec.dnsConfig.options[].name
          spec.dnsConfig.options[].value
          spec.dnsConfig.searches
          spec.hostAliases[].hostnames
          spec.hostAliases[].ip
          spec.hostNetwork
          spec.hostname
          spec.restartPolicy
          spec.securityContext.runAsGroup
          spec.securityContext.runAsNonRoot
          spec.securityContext.runAsUser
          spec.securityContext.seccompProfile.type
          spec.securityContext.supplementalGroups
          spec.terminationGracePeriodSeconds
          spec.volumes[].hostPath.path
          spec.volumes[].hostPath.type
          spec.volumes[].name
          spec.volumes[].persistentVolumeClaim.claimName
          spec.volumes[].persistentVolumeClaim.readOnly
          """);

  /// What is in these is followed or refused.
  private static final Set<String> STRICT =
      paths(
          """
          spec.C[].env[]
          spec.C[].securityContext
          spec.C[].volumeMounts[]
          spec.securityContext
          spec.volumes[]
          """);

  private static final Set<String> REFUSED =
      paths(
          """
          spec.C[].envFrom
          spec.C[].restartPolicy
          spec.C[].volumeDevices
          spec.ephemeralContainers
          spec.hostIPC
          spec.hostPID
          spec.shareProcessNamespace
          """);

  /// Of which nothing is followed that may be in it.
  private static final String PLAIN = "spec.volumes[].emptyDir";

  private static final Set<String> OUTER =
      Stream.concat(
              Stream.of(PLAIN),
              Stream.of(FOLLOWED, STRICT, REFUSED).flatMap(Set::stream).flatMap(KnownFields::above))
          .collect(Collectors.toUnmodifiableSet());

  private static Set<String> paths(String lines) {
    return lines
        .lines()
        .flatMap(line ->
            Stream.of("containers", "initContainers").map(list -> line.replace("C[]", list + "[]")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The paths of all that a field is in.
  private static Stream<String> above(String path) {
    return Stream.iterate(
            path.length(), at -> at > 0, at -> Math.max(dot(path, at), mark(path, at)))
        .map(end -> path.substring(0, end))
        .skip(1);
  }

  private static int dot(String path, int before) {
    return path.lastIndexOf('.', before - 1);
  }

  private static int mark(String path, int before) {
    return path.lastIndexOf("[]", before - 1);
  }

  /// @param pod a pod, or what pods are made of
  /// @param place where that is in its document; empty for the whole
  /// @throws OciException where a field is refused
  void check(JsonNode pod, String place) {
    inside(pod, place, "");
  }

  private void inside(JsonNode node, String place, String path) {
    node.properties()
        .forEach(entry ->
            field(entry.getValue(), joined(place, entry.getKey()), joined(path, entry.getKey())));
  }

  private static String joined(String outer, String name) {
    return outer.isEmpty() ? name : outer + "." + name;
  }

  private void field(JsonNode value, String place, String path) {
    if (isNothing(value) || FOLLOWED.contains(path)) {
      return;
    }
    if (REFUSED.contains(path) || (STRICT.contains(outer(path)) && !OUTER.contains(path))) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "%s is not implemented yet; leave it out".formatted(Quoted.of(place)));
    }
    if (!OUTER.contains(path)) {
      ignored.accept(place);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        inside(value.get(i), place + "[" + i + "]", path + "[]");
      }
    } else {
      inside(value, place, path);
    }
  }

  /// What says the same when it is left out.
  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isContainerNode() && value.isEmpty());
  }

  private static String outer(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }
}
