package dev.ocij.buildah.podman;

import static dev.ocij.buildah.podman.ContainerInspection.array;
import static dev.ocij.buildah.podman.ContainerInspection.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.life.LogReader;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.runtime.Capabilities;
import dev.ocij.runtime.CapabilitySets;
import dev.ocij.runtime.ContainerProcess.Rlimit;
import dev.ocij.runtime.LinuxConfig.IdMapping;
import dev.ocij.runtime.LinuxConfig.Resources;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a container may do on its host, `HostConfig` of `inspect`: read from the configuration that
/// it runs by.
///
/// @param binds what the caller or the image had mounted
record HostConfigInspection(
    ContainerState state, Path directory, RuntimeConfig config, List<Mount> binds) {
  private static final Resources NO_LIMITS = new Resources(null, null, null);
  private static final Resources.Memory NO_MEMORY = new Resources.Memory(null, null, null);
  private static final Resources.Cpu NO_CPU = new Resources.Cpu(null, null, null, null, null);

  ObjectNode json() {
    var settings = state.settings();
    var json = object();
    json.set(
        "Binds",
        array(binds.stream().map(mount -> mount.source() + ":" + mount.destination()).toList()));
    json.put("NetworkMode", settings.network());
    putNamespaces(json);
    json.set("PortBindings", ContainerInspection.ports(state));
    var restart = json.putObject("RestartPolicy");
    restart.put("Name", settings.restart());
    restart.put("MaximumRetryCount", settings.retries());
    json.put("AutoRemove", state.autoRemove());
    putPowers(json);
    json.put("ReadonlyRootfs", config.root().readonly());
    putTemporary(json);
    json.put("ContainerIDFile", Objects.requireNonNullElse(settings.idFile(), ""));
    putLimits(json);
    var ulimits = json.putArray("Ulimits");
    config.process().rlimits().forEach(limit -> ulimits.add(limit(limit)));
    var log = json.putObject("LogConfig");
    log.put("Type", settings.log());
    log.put("Path", settings.logs() ? LogReader.path(directory, state).toString() : "");
    log.put("Tag", "");
    log.put("Size", "0B");
    return json;
  }

  private void putNamespaces(ObjectNode json) {
    var linux = config.linux();
    json.put("PidMode", mode("pid"));
    json.put("IpcMode", mode("ipc"));
    json.put("UTSMode", mode("uts"));
    json.put("UsernsMode", linux.mapsIds() ? "private" : "");
    if (linux.mapsIds()) {
      var maps = json.putObject("IDMappings");
      maps.set("UidMap", array(texts(linux.uidMappings())));
      maps.set("GidMap", array(texts(linux.gidMappings())));
    }
  }

  private String mode(String namespace) {
    return state.settings().namespaces().of(namespace).orElseGet(() -> usualMode(namespace));
  }

  private String usualMode(String namespace) {
    boolean own = config.linux().namespaces().stream().anyMatch(at -> at.type().equals(namespace));
    return !own ? "host" : namespace.equals("ipc") ? "shareable" : "private";
  }

  private static List<String> texts(List<IdMapping> mappings) {
    return mappings.stream()
        .map(each -> "%d:%d:%d".formatted(each.containerID(), each.hostID(), each.size()))
        .toList();
  }

  /// Nothing is hidden from a privileged one, and its capabilities are none of its own.
  private void putPowers(ObjectNode json) {
    var linux = config.linux();
    boolean privileged = linux.seccomp() == null && linux.maskedPaths().isEmpty();
    var sets =
        Objects.requireNonNullElse(config.process().capabilities(), CapabilitySets.of(List.of()));
    var usual = List.copyOf(Capabilities.choose(false, List.of(), List.of()));
    json.put("Privileged", privileged);
    json.set("CapAdd", array(privileged ? List.of() : without(sets.bounding(), usual)));
    json.set("CapDrop", array(privileged ? List.of() : without(usual, sets.bounding())));
    var options = json.putArray("SecurityOpt");
    if (config.process().noNewPrivileges()) {
      options.add("no-new-privileges");
    }
    if (linux.seccomp() == null && !privileged) {
      options.add("seccomp=unconfined");
    }
  }

  private static List<String> without(List<String> all, List<String> others) {
    return all.stream().filter(name -> !others.contains(name)).toList();
  }

  /// The container's own `/dev` and shared memory are nobody's wish.
  private void putTemporary(ObjectNode json) {
    var temporary = json.putObject("Tmpfs");
    config.mounts().stream()
        .filter(mount -> "tmpfs".equals(mount.type()))
        .filter(mount -> !List.of("/dev", "/dev/shm").contains(mount.destination()))
        .forEach(mount -> temporary.put(mount.destination(), String.join(",", mount.options())));
  }

  private void putLimits(ObjectNode json) {
    var limits = Objects.requireNonNullElse(config.linux().resources(), NO_LIMITS);
    var memory = Objects.requireNonNullElse(limits.memory(), NO_MEMORY);
    var cpu = Objects.requireNonNullElse(limits.cpu(), NO_CPU);
    json.put("Memory", number(memory.limit()));
    json.put("MemoryReservation", number(memory.reservation()));
    json.put("MemorySwap", number(memory.swap()));
    json.put("CpuShares", number(cpu.shares()));
    json.put("CpuPeriod", number(cpu.period()));
    json.put("CpuQuota", number(cpu.quota()));
    long period = number(cpu.period());
    json.put("NanoCpus", period == 0 ? 0 : number(cpu.quota()) * 1_000_000_000L / period);
    json.put("CpusetCpus", Objects.requireNonNullElse(cpu.cpus(), ""));
    json.put("CpusetMems", Objects.requireNonNullElse(cpu.mems(), ""));
    json.put("PidsLimit", limits.pids() == null ? 0 : limits.pids().limit());
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private static ObjectNode limit(Rlimit limit) {
    return object().put("Name", limit.type()).put("Soft", limit.soft()).put("Hard", limit.hard());
  }
}
