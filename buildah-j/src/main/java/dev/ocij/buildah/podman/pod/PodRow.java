package dev.ocij.buildah.podman.pod;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.life.PodLife;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Pod;
import dev.ocij.spec.Json;
import dev.ocij.term.Human;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A pod as `pod ps` shows it.
///
/// @param whole whether nothing is cut
record PodRow(Pod pod, List<ContainerState> members, Clock clock, boolean whole) {
  private static final int SHORT = 12;

  String id() {
    return cut(pod.id());
  }

  String infraId() {
    return cut(Objects.requireNonNullElse(pod.infraId(), ""));
  }

  private String cut(String id) {
    return whole || id.length() < SHORT ? id : id.substring(0, SHORT);
  }

  String created() {
    return Human.ago(Duration.between(pod.created(), clock.instant()));
  }

  String status() {
    return PodLife.status(members);
  }

  ObjectNode json() {
    var json = Json.object();
    json.put("Cgroup", "");
    var containers = json.putArray("Containers");
    for (var member : members) {
      containers
          .addObject()
          .put("Id", member.id())
          .put("Names", member.name())
          .put("Status", member.statusName())
          .put("RestartCount", member.processes().restarts());
    }
    json.put("Created", pod.created().toString());
    json.put("Id", pod.id());
    json.put("InfraId", Objects.requireNonNullElse(pod.infraId(), ""));
    json.put("Name", pod.name());
    json.put("Namespace", "");
    json.putArray("Networks");
    json.put("Status", status());
    pod.labels().forEach(json.putObject("Labels")::put);
    return json;
  }

  /// What templates name.
  ObjectNode fields() {
    var fields = json();
    fields.put("ID", id());
    fields.put("InfraID", infraId());
    fields.put("Created", created());
    fields.put("NumberOfContainers", members.size());
    fields.put("ContainerIds", joined(member -> cut(member.id())));
    fields.put("ContainerNames", joined(ContainerState::name));
    fields.put("ContainerStatuses", joined(ContainerState::statusName));
    fields.put(
        "Labels",
        pod.labels().entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .sorted()
            .collect(Collectors.joining(",")));
    return fields;
  }

  String joined(Function<ContainerState, String> text) {
    return members.stream().map(text).collect(Collectors.joining(","));
  }
}
