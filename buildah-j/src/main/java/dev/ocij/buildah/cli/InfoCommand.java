package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.Json;
import dev.ocij.spec.Platform;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import dev.ocij.term.template.GoTemplate;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `info`: the machine and the store.
public final class InfoCommand implements Command {
  private final Options options = Options.of(this, "Show the machine and the store.");
  private final Supplier<Optional<String>> format =
      options.text("--format", "TEMPLATE", "print this of it");
  private final StoreFlags store;

  public InfoCommand(StoreFlags store) {
    options.flag("-d", "accepted; there is no more to tell");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var info = Json.object();
    info.set("host", host());
    info.set("store", store());
    options
        .out()
        .println(
            format
                .get()
                .map(text -> GoTemplate.parse(text).render(info))
                .orElseGet(() -> GoJson.indented(info, 4)));
    return ExitCode.OK;
  }

  private static ObjectNode host() throws IOException {
    var memory = MachineFile.values("/proc/meminfo", ":");
    var release = MachineFile.values("/etc/os-release", "=");
    var platform = Platform.host();
    var host = Json.object();
    boolean unified = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    host.put("CgroupVersion", unified ? "v2" : "v1");
    host.putObject("Distribution")
        .put("distribution", release.getOrDefault("ID", "unknown").replace("\"", ""))
        .put("version", release.getOrDefault("VERSION_ID", "unknown").replace("\"", ""));
    for (var name : new String[] {"MemFree", "MemTotal"}) {
      host.put(name, MachineFile.bytes(memory, name));
    }
    host.put("OCIRuntime", "built in");
    for (var name : new String[] {"SwapFree", "SwapTotal"}) {
      host.put(name, MachineFile.bytes(memory, name));
    }
    host.put("arch", platform.architecture());
    host.put("cpus", Runtime.getRuntime().availableProcessors());
    host.put("hostname", MachineFile.read("/proc/sys/kernel/hostname"));
    host.put("kernel", MachineFile.read("/proc/sys/kernel/osrelease"));
    host.put("os", platform.os());
    host.put("rootless", !"root".equals(System.getProperty("user.name")));
    return host.put("uptime", MachineFile.read("/proc/uptime").split(" ", 2)[0] + "s")
        .put("variant", platform.variant() == null ? "" : platform.variant());
  }

  private ObjectNode store() throws IOException {
    var opened = store.store();
    var shown = Json.object();
    shown.putObject("ContainerStore").put("number", new WorkingContainers(opened).list().size());
    shown.put("GraphDriverName", "oci-layout");
    shown.putArray("GraphOptions");
    shown.put("GraphRoot", opened.root().toString());
    shown.putObject("GraphStatus");
    shown.putObject("ImageStore").put("number", new LocalImages(opened).list().size());
    return shown.put("RunRoot", opened.containers().toString());
  }
}
