package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Health;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.runtime.rootless.Propagation;
import dev.ocij.term.template.GoMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All that is known of a container, under the names that podman gives it; what does not exist here
/// is left out or empty.
record ContainerInspection(ContainerState state, Path directory, RuntimeConfig config) {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  ObjectNode json() {
    var json = object();
    var command = state.command();
    json.put("Id", state.id());
    json.put("Created", state.created().toString());
    json.put("Path", command.isEmpty() ? "" : command.getFirst());
    json.set("Args", array(command.isEmpty() ? List.of() : command.subList(1, command.size())));
    json.set("State", life());
    json.put("Image", Objects.requireNonNullElse(state.imageId(), ""));
    json.put("ImageDigest", Objects.requireNonNullElse(state.settings().imageDigest(), ""));
    json.put("ImageName", state.imageId() == null ? "" : state.image());
    json.put("Rootfs", state.imageId() == null ? state.image() : "");
    json.put("Pod", state.settings().pod() == null ? "" : state.settings().pod().id());
    putPaths(json);
    json.put("Name", state.name());
    json.put("RestartCount", state.processes().restarts());
    json.put("Driver", "overlay");
    var sets = config.process().capabilities();
    json.set("EffectiveCaps", array(sets == null ? List.of() : sets.effective()));
    json.set("BoundingCaps", array(sets == null ? List.of() : sets.bounding()));
    json.putArray("ExecIDs");
    json.set("Mounts", mounts());
    json.set("Dependencies", array(state.settings().namespaces().dependencies()));
    json.set("NetworkSettings", network());
    json.put("Namespace", "");
    json.put("IsInfra", state.isInfra());
    json.put("IsService", false);
    json.set("Config", settings());
    json.set("HostConfig", hostConfig());
    return json;
  }

  private void putPaths(ObjectNode json) {
    json.put("ResolvConfPath", source("/etc/resolv.conf"));
    json.put("HostnamePath", source("/etc/hostname"));
    json.put("HostsPath", source("/etc/hosts"));
    json.put("StaticDir", directory.resolve("userdata").toString());
    json.put("OCIConfigPath", directory.resolve("config.json").toString());
    json.put("OCIRuntime", "podman-j");
    json.put("ConmonPidFile", Objects.requireNonNullElse(state.settings().monitorFile(), ""));
    json.put("PidFile", Objects.requireNonNullElse(state.settings().pidFile(), ""));
  }

  private ObjectNode life() {
    var json = object();
    json.put("OciVersion", config.ociVersion());
    json.put("Status", state.statusName());
    json.put("Running", state.status() == ContainerState.Status.RUNNING);
    json.put("Paused", state.status() == ContainerState.Status.PAUSED);
    json.put("Restarting", false);
    json.put("OOMKilled", false);
    json.put("Dead", false);
    json.put("Pid", state.pid());
    json.put("ConmonPid", state.processes().monitor());
    json.put("ExitCode", state.exitCode());
    json.put("Error", "");
    json.put("StartedAt", time(state.started()));
    json.put("FinishedAt", time(state.finished()));
    if (state.settings().health() != null) {
      json.set("Health", health());
    }
    json.put("CgroupPath", ControlGroup.find(directory).map(ControlGroup::path).orElse(""));
    json.put("CheckpointedAt", NEVER);
    json.put("RestoredAt", NEVER);
    return json;
  }

  private ObjectNode health() {
    var json = object();
    var health = read();
    json.put("Status", health.status());
    json.put("FailingStreak", health.failingStreak());
    var log = json.putArray("Log");
    for (var check : health.log()) {
      log.addObject()
          .put("Start", check.start().toString())
          .put("End", check.end().toString())
          .put("ExitCode", check.exitCode())
          .put("Output", check.output());
    }
    return json;
  }

  private Health read() {
    try {
      return Health.read(directory).orElse(new Health(Health.STARTING, 0, List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String time(@Nullable Instant time) {
    return time == null ? NEVER : time.toString();
  }

  private String source(String destination) {
    return config.mounts().stream()
        .filter(mount -> mount.destination().equals(destination) && mount.source() != null)
        .map(mount -> String.valueOf(mount.source()))
        .findFirst()
        .orElse("");
  }

  private ArrayNode mounts() {
    var all = JsonNodeFactory.instance.arrayNode();
    new CallerMounts(directory, config).all().forEach(mount -> all.add(mount(mount)));
    return all;
  }

  private ObjectNode mount(Mount mount) {
    var json = object();
    var volume = CallerMounts.volume(mount);
    json.put("Type", volume.isPresent() ? "volume" : "bind");
    volume.ifPresent(name -> json.put("Name", name));
    json.put("Source", mount.source());
    json.put("Destination", mount.destination());
    json.put("Driver", volume.isPresent() ? "local" : "");
    json.put("Mode", "");
    json.set(
        "Options",
        array(mount.options().stream().filter(option -> !Propagation.isOne(option)).toList()));
    json.put("RW", !mount.options().contains("ro"));
    json.put("Propagation", Propagation.name(mount.options()));
    return json;
  }

  private ObjectNode network() {
    var json = object();
    json.put("EndpointID", "");
    json.put("Gateway", "");
    json.put("IPAddress", "");
    json.put("IPPrefixLen", 0);
    json.put("MacAddress", "");
    json.set("Ports", ports(state));
    json.putObject("Networks");
    return json;
  }

  private ObjectNode settings() {
    var settings = state.settings();
    var process = config.process();
    var json = object();
    json.put("Hostname", Objects.requireNonNullElse(config.hostname(), ""));
    json.put("Domainname", "");
    json.put("User", process.user().uid() + ":" + process.user().gid());
    json.put("AttachStdin", false);
    json.put("AttachStdout", false);
    json.put("AttachStderr", false);
    json.put("Tty", settings.terminal());
    json.put("OpenStdin", settings.interactive());
    json.put("StdinOnce", false);
    json.set("Env", array(shownVariables()));
    int own = Math.min(settings.entrypoint().size(), state.command().size());
    json.set("Cmd", array(state.command().subList(own, state.command().size())));
    json.put("Image", state.image());
    json.putNull("Volumes");
    json.put("WorkingDir", process.cwd());
    json.set("Entrypoint", array(settings.entrypoint()));
    json.putNull("OnBuild");
    json.set("Labels", new GoMap(state.labels()));
    json.set("Annotations", new GoMap(state.annotations()));
    json.put("StopSignal", state.stopSignal());
    var health = settings.health();
    if (health != null) {
      json.set("Healthcheck", health.check().json());
      json.put("HealthcheckOnFailureAction", health.onFailure());
    }
    json.set("CreateCommand", array(settings.createCommand()));
    json.put("Umask", umask());
    json.put("Timeout", settings.timeout());
    json.put("StopTimeout", state.stopTimeout());
    return json;
  }

  private List<String> shownVariables() {
    var hidden = state.settings().secretVariables();
    return config.process().env().stream()
        .filter(each -> !hidden.contains(each.split("=", 2)[0]))
        .toList();
  }

  private String umask() {
    var umask = config.process().user().umask();
    return "%04o".formatted(umask == null ? 022 : umask);
  }

  private ObjectNode hostConfig() {
    var binds = new CallerMounts(directory, config).all();
    return new HostConfigInspection(state, directory, config, binds).json();
  }

  /// The ports of the host by those of the container.
  static ObjectNode ports(ContainerState state) {
    var ports = object();
    for (var port : ContainerNetwork.ports(state.annotations())) {
      ports
          .withArray(port.inside())
          .addObject()
          .put("HostIp", port.hostIp())
          .put("HostPort", Integer.toString(port.hostPort()));
    }
    return ports;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array(List<String> values) {
    var array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }
}
