package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.podman.system.ContainerSize;
import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.PublishedPort;
import dev.ocij.spec.Json;
import dev.ocij.term.Human;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A container as `ps` shows it.
///
/// @param health `healthy` or another word for it; empty where nothing is checked
/// @param mounts where something of the caller's or the image's is mounted
/// @param size null where nobody asked
/// @param whole whether nothing is cut
record ContainerRow(
    ContainerState state,
    String health,
    List<String> mounts,
    @Nullable ContainerSize size,
    Clock clock,
    boolean whole) {
  private static final int LONGEST_COMMAND = 20;
  private static final String INFRA_IMAGE = "localhost/podman-pause:latest";
  private static final long NEVER = -62135596800L;

  String id() {
    return whole ? state.id() : state.shortId();
  }

  String image() {
    return state.isInfra() ? INFRA_IMAGE : state.image();
  }

  String name() {
    return state.name();
  }

  String command() {
    var line = String.join(" ", state.command());
    return whole || line.length() <= LONGEST_COMMAND
        ? line
        : line.substring(0, LONGEST_COMMAND - 3) + "...";
  }

  String created() {
    return ago(state.created());
  }

  String ports() {
    return published().stream()
        .map(port -> port.outside() + "->" + port.inside())
        .collect(Collectors.joining(", "));
  }

  /// Empty for none, as the name.
  String podId() {
    var pod = state.settings().pod();
    return pod == null ? "" : pod.id();
  }

  String podName() {
    var pod = state.settings().pod();
    return pod == null ? "" : pod.name();
  }

  /// The id of the pod as tables show it.
  String shortPodId() {
    return whole || podId().isEmpty() ? podId() : podId().substring(0, 12);
  }

  private List<PublishedPort> published() {
    return ContainerNetwork.ports(state.annotations());
  }

  /// 0 where nobody asked.
  long writtenSize() {
    return size == null ? 0 : size.written();
  }

  String sizeText() {
    return size == null ? "" : size.text();
  }

  String status() {
    return switch (state.status()) {
      case CREATED -> "Created";
      case INITIALIZED -> "Initialized";
      case PAUSED -> "Paused";
      case RUNNING -> "Up " + Human.duration(since(state.started())) + healthText();
      case EXITED -> "Exited (%d) %s".formatted(state.exitCode(), ago(state.finished()));
    };
  }

  private String healthText() {
    return health.isEmpty() ? "" : " (%s)".formatted(health);
  }

  NamespaceNumbers namespaces() {
    return new NamespaceNumbers(state.pid());
  }

  /// What `--format json` has; only what is true here.
  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("AutoRemove", state.autoRemove());
    var command = json.putArray("Command");
    state.command().forEach(command::add);
    json.put("CreatedAt", created());
    json.put("Exited", state.status() == ContainerState.Status.EXITED);
    json.put("ExitedAt", seconds(state.finished()));
    json.put("ExitCode", state.exitCode());
    json.put("Id", state.id());
    json.put("Image", image());
    json.put("ImageID", state.imageId() == null ? "" : state.imageId());
    json.put("IsInfra", state.isInfra());
    var labels = json.putObject("Labels");
    state.labels().forEach(labels::put);
    var mounted = json.putArray("Mounts");
    mounts.forEach(mounted::add);
    json.putArray("Names").add(state.name());
    json.putObject("Namespaces");
    json.putArray("Networks");
    json.put("Pid", state.pid());
    json.put("Pod", podId());
    json.put("PodName", podName());
    json.set("Ports", portsJson());
    json.put("Restarts", state.processes().restarts());
    json.set("Size", sizeJson());
    json.put("StartedAt", seconds(state.started()));
    json.put("State", state.statusName());
    json.put("Status", status());
    json.put("Created", state.created().getEpochSecond());
    return json;
  }

  private JsonNode sizeJson() {
    return size == null
        ? NullNode.getInstance()
        : Json.object().put("rootFsSize", size.whole()).put("rwSize", size.written());
  }

  private JsonNode portsJson() {
    var ports = Json.array();
    for (var port : published()) {
      ports
          .addObject()
          .put("host_ip", port.hostIp())
          .put("container_port", port.containerPort())
          .put("host_port", port.hostPort())
          .put("range", 1)
          .put("protocol", port.protocol());
    }
    return ports.isEmpty() ? NullNode.getInstance() : ports;
  }

  private String ago(@Nullable Instant time) {
    return Human.ago(since(time));
  }

  private Duration since(@Nullable Instant time) {
    return time == null ? Duration.ZERO : Duration.between(time, clock.instant());
  }

  private static long seconds(@Nullable Instant time) {
    return time == null ? NEVER : time.getEpochSecond();
  }
}
