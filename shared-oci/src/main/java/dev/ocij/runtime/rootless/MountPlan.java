package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The mounts of a configuration as actions, in their order, and the devices that every container
/// has.
final class MountPlan {
  static final List<InitAction.MakeDevice> DEVICES =
      List.of(
          new InitAction.MakeDevice("null", 1, 3),
          new InitAction.MakeDevice("zero", 1, 5),
          new InitAction.MakeDevice("full", 1, 7),
          new InitAction.MakeDevice("random", 1, 8),
          new InitAction.MakeDevice("urandom", 1, 9),
          new InitAction.MakeDevice("tty", 5, 0));

  private static final List<InitAction> LINKS =
      List.of(
          new InitAction.LinkInDev("fd", "/proc/self/fd"),
          new InitAction.LinkInDev("stdin", "/proc/self/fd/0"),
          new InitAction.LinkInDev("stdout", "/proc/self/fd/1"),
          new InitAction.LinkInDev("stderr", "/proc/self/fd/2"));

  private static final InitAction PTMX = new InitAction.LinkInDev("ptmx", "pts/ptmx");

  /// A path in the root directory of a process.
  private static final Pattern OF_PROCESS = Pattern.compile("(/proc/[0-9]+)/root(/.*)");

  private final Host host;
  private final OptionalLong devpts;
  private final boolean ownProcesses;
  private final List<InitAction> actions = new ArrayList<>();

  private MountPlan(Host host, OptionalLong devpts, boolean ownProcesses) {
    this.host = host;
    this.devpts = devpts;
    this.ownProcesses = ownProcesses;
  }

  static List<InitAction> of(RuntimeConfig config, Host host, OptionalLong devpts) {
    var ownProcesses =
        host.confinement() != Confinement.NAMESPACES_WITHOUT_PID && config.linux().has("pid");
    var plan = new MountPlan(host, devpts, ownProcesses);
    config.mounts().forEach(plan::add);
    return plan.actions;
  }

  /// Device nodes where nothing can be mounted, but nodes can be made.
  static List<InitAction> devicesByNode(Host host) {
    return host.capabilities().has("CAP_MKNOD") ? List.copyOf(DEVICES) : List.of();
  }

  private void add(Mount mount) {
    if (mount.isBind()) {
      actions.add(boundAsSeen(mount));
    } else if (mount.destination().equals("/dev/pts") && devpts.isPresent()) {
      actions.add(new InitAction.UseTerminal(devpts.getAsLong()));
    } else if (mount.type().equals("proc") && !ownProcesses) {
      actions.add(bind(Mount.bind("/proc", "/proc")));
    } else if (mount.type().equals("cgroup")) {
      addControlGroups(mount);
    } else {
      addFileSystem(mount, mount.type());
    }
  }

  /// Those of version 1 are not shown: nothing could be done with them.
  private void addControlGroups(Mount mount) {
    if (host.cgroup2()) {
      addFileSystem(mount, "cgroup2");
    }
  }

  private void addFileSystem(Mount mount, String type) {
    actions.add(
        new InitAction.MountFileSystem(
            type, mount.destination(), MountOptions.parse(mount.options())));
    if (mount.destination().equals("/dev")) {
      Stream.concat(
              DEVICES.stream().map(device -> new InitAction.BindDevice(device.name())),
              LINKS.stream())
          .forEach(actions::add);
      actions.add(PTMX);
    }
  }

  private static InitAction boundAsSeen(Mount mount) {
    var ofProcess = OF_PROCESS.matcher(mount.source());
    if (!ofProcess.matches()) {
      return bind(mount);
    }
    var there = Path.of(ofProcess.group(2));
    return new InitAction.BindFromProcess(Path.of(ofProcess.group(1)), bind(mount).from(there));
  }

  private static InitAction.BindMount bind(Mount mount) {
    var source = Path.of(mount.source()).toAbsolutePath();
    return new InitAction.BindMount(
        source,
        Files.isDirectory(source),
        mount.destination(),
        MountOptions.parse(mount.options()));
  }
}
