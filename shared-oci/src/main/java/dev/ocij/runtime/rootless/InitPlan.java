package dev.ocij.runtime.rootless;

import dev.ocij.linux.Architecture;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.LinuxConfig;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.runtime.SeccompFilter;
import dev.ocij.runtime.ownership.OwnerKeeper;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The start of a container as a list, from its bundle and the host's facts alone.
///
/// The order matters: what needs the host's tree or powers comes before they are given up; masks
/// come after all mounts of the caller's; the filter comes as late as the kernel lets it.
final class InitPlan {
  private static final int USUAL_UMASK = 022;
  private static final Set<String> USUAL_MOUNTS =
      Set.of("/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue", "/sys");

  private final Bundle bundle;
  private final RuntimeConfig config;
  private final ContainerProcess process;
  private final LinuxConfig linux;
  private final Host host;
  private final @Nullable Hold hold;
  private final List<InitAction> actions = new ArrayList<>();

  /// That the program waits for its start, and outlives the runner.
  ///
  /// @param start a descriptor; a byte from it is the start
  /// @param ready a descriptor that tells when all else is done
  record Hold(int start, int ready) {}

  private InitPlan(Bundle bundle, Host host, @Nullable Hold hold) {
    this.hold = hold;
    this.bundle = bundle;
    this.config = bundle.config();
    this.process = config.process();
    this.linux = config.linux();
    this.host = host;
  }

  /// @param owners the way to who answers calls about owners, where somebody does
  static List<InitAction> of(
      Bundle bundle, Host host, Stdio stdio, MadeBefore made, Optional<OwnerKeeper.Ends> owners) {
    return of(bundle, host, stdio, made, owners, null);
  }

  /// @param hold null for a program that begins at once
  static List<InitAction> of(
      Bundle bundle,
      Host host,
      Stdio stdio,
      MadeBefore made,
      Optional<OwnerKeeper.Ends> owners,
      @Nullable Hold hold) {
    var plan = new InitPlan(bundle, host, hold);
    plan.detach(stdio);
    if (host.confinement() == Confinement.CHROOT) {
      plan.rootByChroot();
    } else {
      plan.rootByMounts(made);
    }
    plan.process(owners);
    return List.copyOf(plan.actions);
  }

  private void detach(Stdio stdio) {
    dieWithRunner();
    add(new InitAction.NewSession());
    add(new InitAction.DefaultSignals());
    add(new InitAction.Umask(0));
    add(new InitAction.StandardStreams(stdio));
    if (process.oomScoreAdj() != null) {
      add(new InitAction.OomScore(process.oomScoreAdj()));
    }
  }

  private void dieWithRunner() {
    if (hold == null) {
      add(new InitAction.DieWithRunner());
    }
  }

  private void rootByMounts(MadeBefore made) {
    linux.namespaces().forEach(this::join);
    add(new InitAction.OwnMounts());
    add(root(made.root()));
    var mounts = MountPlan.of(config, host, made.devpts());
    if (linux.mapsIds()) {
      mounts.stream()
          .filter(InitAction.BindMount.class::isInstance)
          .map(InitAction.BindMount.class::cast)
          .forEach(mount -> add(new InitAction.OpenSource(mount)));
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
    if (config.hostname() != null && linux.has("uts")) {
      add(new InitAction.Hostname(config.hostname()));
    }
    if (isNew("network")) {
      add(new InitAction.LoopbackUp());
    }
  }

  private InitAction root(OptionalLong made) {
    var rootfs = bundle.rootfs();
    if (made.isPresent()) {
      return new InitAction.AttachRoot(made.getAsLong(), rootfs);
    }
    var overlay = bundle.overlay();
    return overlay.isPresent()
        ? new InitAction.MountOverlay(overlay.get(), rootfs, host.userNamespace())
        : new InitAction.MountRoot(rootfs);
  }

  private void rootByChroot() {
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
  }

  private static void refuse(String wish) {
    throw new OciException(
        Category.IMPOSSIBLE,
        "start the container: %s needs namespaces and mounts, which are forbidden here"
            .formatted(wish));
  }

  private void process(Optional<OwnerKeeper.Ends> owners) {
    add(new InitAction.WorkingDirectory(process.cwd()));
    leaveRunner(owners);
    add(new InitAction.NewKeyring());
    // After the mounts, for which a limit of open files may be too low.
    process.rlimits().forEach(limit -> add(Limits.clamped(limit, host)));
    add(new InitAction.Umask(Objects.requireNonNullElse(process.user().umask(), USUAL_UMASK)));
    // From here on nothing is called that is asked about: nobody answers before the program runs.
    owners.ifPresent(ends ->
        add(
            new InitAction.ReportSystemCalls(
                ends.socket(), ends.listener(), OwnerKeeper.filter())));
    // Without no_new_privs the filter needs a power that the process is about to lose.
    if (!process.noNewPrivileges()) {
      filter();
    }
    identity(owners.isEmpty());
    if (process.noNewPrivileges()) {
      add(new InitAction.NoNewPrivileges());
      filter();
    }
    if (hold != null) {
      add(new InitAction.AwaitStart(hold.ready(), hold.start()));
    }
    add(new InitAction.CloseDescriptors());
    add(new InitAction.Execute(process.args(), process.env()));
  }

  /// As late as the results of earlier calls are needed, and before a filter or a limit could
  /// forbid it.
  private void leaveRunner(Optional<OwnerKeeper.Ends> owners) {
    var kept = new ArrayList<Integer>();
    owners.ifPresent(ends -> kept.add(ends.socket()));
    if (hold != null) {
      kept.addAll(List.of(hold.ready(), hold.start()));
    }
    add(new InitAction.LeaveRunner(List.copyOf(kept)));
  }

  /// @param real whether the ids are the process's own, not such as stand in a record
  private void identity(boolean real) {
    var sets = process.capabilities();
    if (sets != null && host.capabilities().has("CAP_SETPCAP")) {
      add(new InitAction.BoundingSet(CapabilitySet.of(sets.bounding())));
    }
    if (real) {
      var user = process.user();
      add(
          new InitAction.Identity(
              user.uid(), user.gid(), user.additionalGids(), host.mayCallSetgroups()));
    }
    dieWithRunner();
    if (sets != null) {
      add(InitAction.Capabilities.of(sets, host.capabilities()));
    }
  }

  private void filter() {
    boolean allowed = process.noNewPrivileges() || host.capabilities().has("CAP_SYS_ADMIN");
    if (linux.seccomp() != null && allowed) {
      add(
          new InitAction.FilterSystemCalls(
              SeccompFilter.compile(linux.seccomp(), Architecture.current()).bytes()));
    }
  }

  private void makeCwd() {
    if (bundle.makesCwd()) {
      add(new InitAction.MakeDirectory(process.cwd()));
    }
  }

  private void join(LinuxConfig.Namespace namespace) {
    if (namespace.path() != null) {
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
