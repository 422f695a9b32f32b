package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.LinuxConfig;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// How a container gets the tree that it sees, as actions: by mounts of its own, or by chroot(2)
/// where mounts are forbidden.
final class RootPlan {
  private static final Set<String> USUAL_MOUNTS =
      Set.of("/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue", "/sys");

  private final Bundle bundle;
  private final RuntimeConfig config;
  private final LinuxConfig linux;
  private final Host host;
  private final List<InitAction> actions = new ArrayList<>();

  private RootPlan(Bundle bundle, Host host) {
    this.bundle = bundle;
    this.config = bundle.config();
    this.linux = config.linux();
    this.host = host;
  }

  static List<InitAction> of(Bundle bundle, Host host, MadeBefore made) {
    var plan = new RootPlan(bundle, host);
    if (host.confinement() == Confinement.CHROOT) {
      plan.byChroot();
    } else {
      plan.byMounts(made);
    }
    return plan.actions;
  }

  private void byMounts(MadeBefore made) {
    var mounts = MountPlan.of(config, host, made.devpts());
    if (linux.joinsUsers()) {
      openSources(mounts, _ -> true);
      joinUsers();
    }
    linux.namespaces().stream().filter(each -> !each.type().equals("user")).forEach(this::join);
    // What is opened later is no longer the host's own.
    openSources(mounts, bind -> !linux.mapsIds() && bind.options().propagation().isShared());
    add(new InitAction.OwnMounts());
    add(mountRoot(made.root()));
    if (linux.mapsIds()) {
      if (!linux.joinsUsers()) {
        openSources(mounts, _ -> true);
      }
      add(new InitAction.BecomeRoot());
    }
    actions.addAll(mounts);
    linux.sysctl().forEach((name, value) -> add(new InitAction.SetKernelParameter(name, value)));
    linux.maskedPaths().forEach(path -> add(mask(path)));
    linux.readonlyPaths().forEach(path -> add(new InitAction.ReadOnly(path)));
    makeCwd();
    if (config.root().readonly()) {
      add(new InitAction.ReadOnlyRoot());
    }
    add(new InitAction.PivotRoot());
    nameAndNetwork();
  }

  private void openSources(List<InitAction> mounts, Predicate<InitAction.BindMount> which) {
    mounts.stream()
        .filter(InitAction.BindMount.class::isInstance)
        .map(InitAction.BindMount.class::cast)
        .filter(which)
        .forEach(mount -> add(new InitAction.OpenSource(mount)));
  }

  /// What is made before belongs to others, who alone have powers over it.
  private void joinUsers() {
    linux.namespaces().stream().filter(each -> each.type().equals("user")).forEach(this::join);
    long flags = Namespaces.made(linux, host.confinement());
    add(new InitAction.NewNamespaces(flags));
    if ((flags & Namespaces.PID) != 0) {
      add(new InitAction.Fork());
      add(new InitAction.DieWithRunner());
      add(new InitAction.NewSession());
    }
  }

  private InitAction mountRoot(OptionalLong made) {
    var rootfs = bundle.rootfs();
    if (made.isPresent()) {
      return new InitAction.AttachRoot(made.getAsLong(), rootfs);
    }
    var overlay = bundle.overlay();
    return overlay.isPresent()
        ? new InitAction.MountOverlay(overlay.get(), rootfs, host.userNamespace())
        : new InitAction.MountRoot(rootfs);
  }

  private void nameAndNetwork() {
    if (config.hostname() != null && isNew("uts")) {
      add(new InitAction.Hostname(config.hostname()));
    }
    if (isNew("network")) {
      add(new InitAction.LoopbackUp());
    }
  }

  private void byChroot() {
    if (bundle.overlay().isPresent()) {
      throw new OciException(
          Category.IMPOSSIBLE,
          "start the container: an overlay cannot be mounted where mounts are forbidden; use a"
              + " copied root file system");
    }
    refuseWithoutMounts();
    add(new InitAction.UseRoot(bundle.rootfs()));
    actions.addAll(MountPlan.devicesByNode(host));
    makeCwd();
    add(new InitAction.ChangeRoot());
  }

  /// What would be passed over in silence otherwise. The usual mounts are missed, but no container
  /// could be had with them.
  private void refuseWithoutMounts() {
    config.mounts().stream()
        .map(Mount::destination)
        .filter(destination -> !USUAL_MOUNTS.contains(destination))
        .findFirst()
        .ifPresent(destination -> refuse("a mount on " + Quoted.of(destination)));
    if (config.root().readonly()) {
      refuse("a read-only root file system");
    }
    if (linux.has("network")) {
      refuse("a network of the container's own");
    }
    linux.namespaces().stream()
        .filter(namespace -> namespace.path() != null)
        .findFirst()
        .ifPresent(joined -> refuse("the %s namespace of others".formatted(joined.type())));
  }

  private static void refuse(String wish) {
    throw new OciException(
        Category.IMPOSSIBLE,
        "start the container: %s needs namespaces and mounts, which are forbidden here"
            .formatted(wish));
  }

  private void makeCwd() {
    if (bundle.makesCwd()) {
      add(new InitAction.MakeDirectory(config.process().cwd()));
    }
  }

  private void join(LinuxConfig.Namespace namespace) {
    // That of processes is joined before.
    if (namespace.path() != null && !namespace.type().equals("pid")) {
      add(
          new InitAction.JoinNamespace(
              Path.of(namespace.path()), Namespaces.flag(namespace.type())));
    }
  }

  private InitAction mask(String path) {
    return new InitAction.Mask(path, isDirectory(path));
  }

  /// What the kernel has is on the host too; all else is in the layers or the root file system.
  private boolean isDirectory(String path) {
    if (path.startsWith("/proc/") || path.startsWith("/sys/")) {
      return Files.isDirectory(Path.of(path));
    }
    var trees =
        bundle
            .overlay()
            .map(overlay -> Stream.concat(Stream.of(overlay.upper()), overlay.lowers().stream()))
            .orElse(Stream.of(bundle.rootfs()));
    return trees
        .map(tree -> Path.of(tree + path))
        .filter(found -> Files.exists(found, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .map(found -> Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS))
        .orElse(false);
  }

  private boolean isNew(String type) {
    return linux.namespaces().stream()
        .anyMatch(namespace -> namespace.type().equals(type) && namespace.path() == null);
  }

  private void add(InitAction action) {
    actions.add(action);
  }
}
