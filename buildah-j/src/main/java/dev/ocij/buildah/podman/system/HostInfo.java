package dev.ocij.buildah.podman.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.cli.MachineFile;
import dev.ocij.runtime.Capabilities;
import dev.ocij.spec.Json;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What `info` tells of the machine.
record HostInfo(Map<String, String> environment) {
  private static final Path CONTROLLERS = Path.of("/sys/fs/cgroup/cgroup.controllers");
  private static final List<String> NETWORK = List.of("pasta", "slirp4netns");
  private static final int DAY = 24 * 60 * 60;

  ObjectNode json() throws IOException {
    var platform = Platform.host();
    var host = Json.object().put("arch", platform.architecture());
    host.put("buildahVersion", Versions.BUILDAH).put("cgroupManager", "cgroupfs");
    boolean unified = Files.exists(CONTROLLERS);
    host.put("cgroupVersion", unified ? "v2" : "v1");
    var controllers = host.putArray("cgroupControllers");
    if (unified) {
      Files.readString(CONTROLLERS)
          .strip()
          .lines()
          .flatMap(HostInfo::words)
          .forEach(controllers::add);
    }
    host.putObject("conmon").put("package", "").put("path", "").put("version", "none is needed");
    host.put("cpus", Runtime.getRuntime().availableProcessors());
    host.set("cpuUtilization", processors());
    host.set("distribution", distribution());
    host.put("eventLogger", "none").put("hostname", MachineFile.read("/proc/sys/kernel/hostname"));
    host.set("idMappings", idMappings());
    host.put("kernel", MachineFile.read("/proc/sys/kernel/osrelease")).put("logDriver", "k8s-file");
    var memory = MachineFile.values("/proc/meminfo", ":");
    host.put("memFree", MachineFile.bytes(memory, "MemFree"))
        .put("memTotal", MachineFile.bytes(memory, "MemTotal"));
    host.put("networkBackend", "none");
    host.putObject("ociRuntime")
        .put("name", "podman-j")
        .put("path", "")
        .put("version", "runtime-spec 1.2.1, built in");
    host.put("os", platform.os());
    host.put("rootlessNetworkCmd", networkProgram());
    host.set("security", security());
    host.put("serviceIsRemote", false);
    host.put("swapFree", MachineFile.bytes(memory, "SwapFree"))
        .put("swapTotal", MachineFile.bytes(memory, "SwapTotal"));
    return host.put("uptime", uptime())
        .put("variant", platform.variant() == null ? "" : platform.variant());
  }

  private ObjectNode security() throws IOException {
    var status = MachineFile.values("/proc/self/status", ":");
    return Json.object()
        .put(
            "apparmorEnabled",
            MachineFile.read("/sys/module/apparmor/parameters/enabled").equals("Y"))
        .put("capabilities", String.join(",", Capabilities.choose(false, List.of(), List.of())))
        .put("rootless", isRootless())
        .put("seccompEnabled", status.containsKey("Seccomp"))
        .put("seccompProfilePath", "")
        .put("selinuxEnabled", Files.exists(Path.of("/sys/fs/selinux/enforce")));
  }

  /// The launcher of an ordinary user says who that is.
  private boolean isRootless() {
    return environment.containsKey("_OCIJ_USER") || !"root".equals(System.getProperty("user.name"));
  }

  private static ObjectNode idMappings() throws IOException {
    var mappings = Json.object();
    for (var kind : List.of("gid", "uid")) {
      var maps = mappings.putArray(kind + "map");
      for (var line : MachineFile.read("/proc/self/%s_map".formatted(kind)).lines().toList()) {
        var numbers = line.strip().split(" +");
        maps.addObject()
            .put("container_id", Long.parseLong(numbers[0]))
            .put("host_id", Long.parseLong(numbers[1]))
            .put("size", Long.parseLong(numbers[2]));
      }
    }
    return mappings;
  }

  private String networkProgram() {
    var folders = environment.getOrDefault("PATH", "/usr/sbin:/usr/bin").split(":");
    for (var program : NETWORK) {
      for (var folder : folders) {
        if (Files.isExecutable(Path.of(folder, program))) {
          return program;
        }
      }
    }
    return "";
  }

  private static JsonNode processors() throws IOException {
    var numbers =
        words(MachineFile.read("/proc/stat").lines().findFirst().orElse("cpu 0 0 0 1")).skip(1);
    var ticks = numbers.mapToDouble(Double::parseDouble).toArray();
    double all = Math.max(1, Arrays.stream(ticks).sum());
    return Json.object()
        .put("userPercent", percent(ticks[0] + ticks[1], all))
        .put("systemPercent", percent(ticks[2], all))
        .put("idlePercent", percent(ticks[3], all));
  }

  private static double percent(double part, double all) {
    return Math.round(part / all * 10_000) / 100.0;
  }

  private static ObjectNode distribution() throws IOException {
    var release = MachineFile.values("/etc/os-release", "=");
    var distribution = Json.object();
    distribution.put("distribution", unquoted(release, "ID", "unknown"));
    distribution.put("version", unquoted(release, "VERSION_ID", "unknown"));
    var codename = unquoted(release, "VERSION_CODENAME", "");
    return codename.isEmpty() ? distribution : distribution.put("codename", codename);
  }

  private static String unquoted(Map<String, String> release, String key, String otherwise) {
    return release.getOrDefault(key, otherwise).replace("\"", "");
  }

  private static String uptime() throws IOException {
    double seconds = Double.parseDouble(MachineFile.read("/proc/uptime").split(" ", 2)[0]);
    long whole = (long) seconds;
    var clock = "%dh %dm %.2fs".formatted(whole / 3600, whole / 60 % 60, seconds % 60);
    return whole < DAY ? clock : clock + " (Approximately %.2f days)".formatted(seconds / DAY);
  }

  private static Stream<String> words(String line) {
    return Stream.of(line.strip().split("\\s+")).filter(word -> !word.isEmpty());
  }
}
