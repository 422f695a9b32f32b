package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Pipe;
import dev.ocij.linux.Spawn;
import dev.ocij.linux.Spawned;
import dev.ocij.linux.Syscalls;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.runtime.ownership.OwnerKeeper;
import dev.ocij.runtime.ownership.OwnersBelow;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// Runs bundles on this machine.
public final class Runner {
  private static final long READ_WRITE_CLOSED_BY_EXECVE = 2 | 02000000;

  private final Syscalls syscalls;
  private final Host host;
  private final LongConsumer mapped;

  Runner(Syscalls syscalls, Host host) {
    this(syscalls, host, _ -> {});
  }

  private Runner(Syscalls syscalls, Host host, LongConsumer mapped) {
    this.syscalls = syscalls;
    this.host = host;
    this.mapped = mapped;
  }

  /// A runner for [#enter], which makes no namespaces and needs no powers where it is.
  public static Runner entering() {
    var syscalls = new LinuxSyscalls();
    return new Runner(syscalls, Host.here(syscalls, Confinement.NAMESPACES));
  }

  /// A runner that confines as far as the machine allows.
  ///
  /// @throws dev.ocij.spec.OciException where no container can be started, naming the obstacle
  public static Runner of(Isolation isolation) {
    isolation.require();
    var syscalls = new LinuxSyscalls();
    return new Runner(syscalls, Host.here(syscalls, isolation.confinement()));
  }

  /// The same, telling of each process in a user namespace of its own when it is in its namespaces
  /// and has its ids, and before it goes on.
  public Runner telling(LongConsumer whenMapped) {
    return new Runner(syscalls, host, whenMapped);
  }

  /// Runs to the end.
  ///
  /// @return the exit status of the program, or 128 and the number of the signal that ended it
  /// @throws StartException where the program did not begin
  public int run(Bundle bundle, Stdio stdio) {
    return start(bundle, stdio).waitFor();
  }

  /// Starts; returns when the program has begun.
  ///
  /// @throws StartException where it did not
  public RunningContainer start(Bundle bundle, Stdio stdio) {
    return start(bundle, stdio, OwnersBelow.NONE);
  }

  /// As [#start(Bundle, Stdio)], on a tree that has links and pipes of others than root.
  public RunningContainer start(Bundle bundle, Stdio stdio, OwnersBelow below) {
    return start(bundle, stdio, OptionalLong.empty(), below);
  }

  /// Whether owners that a container sets can stand in a record only.
  public boolean keepsOwners() {
    return host.keepsOwners();
  }

  /// A terminal for [#start(Bundle, Terminal)], with the options of the bundle's devpts.
  ///
  /// @throws dev.ocij.spec.OciException where the machine forbids mounts
  public Terminal openTerminal(Bundle bundle) {
    if (host.confinement() == Confinement.CHROOT) {
      throw new OciException(
          Category.IMPOSSIBLE,
          "start the container: a terminal needs namespaces and mounts, which are forbidden here");
    }
    var options =
        bundle.config().mounts().stream()
            .filter(mount -> mount.destination().equals("/dev/pts"))
            .findFirst()
            .map(Mount::options)
            .orElse(List.of());
    var terminal = Terminal.open(syscalls, options);
    if (!host.keepsOwners()) {
      terminal.giveTo(user(bundle.config()));
    }
    return terminal;
  }

  /// The user of a container, as they are called here.
  private static long user(RuntimeConfig config) {
    long user = config.process().user().uid();
    return config.linux().mapsIds() ? IdMaps.of(config.linux()).uid(user) : user;
  }

  /// Starts in a terminal, which stays the caller's to close.
  ///
  /// @throws StartException where the program did not begin
  public RunningContainer start(Bundle bundle, Terminal terminal) {
    return start(bundle, Stdio.inherited(), terminal.devpts(), OwnersBelow.NONE);
  }

  /// Makes a container whose program waits until it is told to begin. It outlives this process.
  ///
  /// @param pipe with a name, that a byte for the start comes through
  /// @param devpts of a terminal that it gets; empty for the standard streams of this process
  /// @return its first process
  /// @throws StartException where it could not be made
  public long hold(Bundle bundle, Path pipe, OptionalLong devpts) throws IOException {
    int start = openBothWays(pipe);
    try (var ready = Pipe.open()) {
      var hold = new RunnerEnds.Hold(start, ready.input());
      var ends =
          new RunnerEnds(
              Stdio.inherited(), MadeBefore.of(devpts), Optional.empty(), Optional.of(hold));
      var program = SyscallProgram.of(InitPlan.of(bundle, host, ends));
      var flags = Namespaces.flags(bundle.config().linux(), host.confinement());
      var held = new Held(new Spawn(flags, program.calls()), syscalls);
      return held.begin(ready).orElseThrow(() -> held.failure(program));
    } finally {
      syscalls.call("close", Operand.of(start));
    }
  }

  /// So that opening waits for nobody.
  private int openBothWays(Path pipe) {
    long opened =
        syscalls.call(
            "openat",
            ProgramWriter.CURRENT_DIRECTORY,
            Operand.of(pipe.toString()),
            Operand.of(READ_WRITE_CLOSED_BY_EXECVE));
    if (opened < 0) {
      throw new OciException(
          Category.IO,
          "start the container: open %s: %s"
              .formatted(Quoted.of(pipe.toString()), Errno.describe(opened)));
    }
    return (int) opened;
  }

  private RunningContainer start(
      Bundle bundle, Stdio stdio, OptionalLong devpts, OwnersBelow below) {
    var owners = keeper(bundle, below);
    var group = ControlGroup.of(bundle);
    var linux = bundle.config().linux();
    var root = root(bundle);
    var maps =
        linux.mapsIds() && !linux.joinsUsers()
            ? Optional.of(MapWriter.of(linux, mapped))
            : Optional.<MapWriter>empty();
    var made = new MadeBefore(devpts, root);
    var ends = new RunnerEnds(stdio, made, owners.map(OwnerKeeper::ends), Optional.empty());
    var plan = InitPlan.of(bundle, host, ends);
    var flags = Namespaces.flags(linux, host.confinement());
    return start(new ProcessStart(plan, flags, new Attended(owners, group, maps, root)));
  }

  /// The root of a container with ids of its own may be somebody who cannot enter our folders.
  private static OptionalLong root(Bundle bundle) {
    return bundle.config().linux().mapsIds() && bundle.overlay().isPresent()
        ? OptionalLong.of(PrivateMount.detached(bundle))
        : OptionalLong.empty();
  }

  /// Starts one more program in a container that runs, with standard streams of this process.
  ///
  /// @throws StartException where it did not begin
  public RunningContainer enter(Entry entry, Stdio stdio) {
    return start(new ProcessStart(entry.plan(host, stdio), 0, Attended.NOTHING));
  }

  private RunningContainer start(ProcessStart start) {
    var started = new Outcome<RunningContainer>();
    Thread.ofPlatform().name("container").daemon().start(() -> live(start, started));
    return started.awaitCalmly();
  }

  private Optional<OwnerKeeper> keeper(Bundle bundle, OwnersBelow below) {
    return host.keepsOwners()
        ? Optional.of(OwnerKeeper.open(syscalls, bundle.config().process().user(), below))
        : Optional.empty();
  }

  /// The life of a container on a thread of its own: the container dies with the thread.
  private void live(ProcessStart start, Outcome<RunningContainer> running) {
    var attended = start.attended();
    try {
      var started = start.spawn(syscalls);
      attended.refuseUnmapped(started.spawned().pid(), syscalls);
      var container = begun(started.program(), started.spawned(), attended);
      running.complete(container);
      container.reap();
    } catch (RuntimeException | Error e) {
      attended.close();
      running.fail(e);
    }
  }

  private RunningContainer begun(SyscallProgram program, Spawned spawned, Attended attended) {
    var failure = spawned.failure();
    if (spawned.pid() < 0) {
      throw failure.isPresent()
          ? program.failure(spawned, failure.getAsInt())
          : StartException.ofClone(spawned.pid());
    }
    if (failure.isPresent()) {
      syscalls.call("wait4", Operand.of(spawned.pid()));
      program
          .forked(spawned)
          .ifPresent(pid -> syscalls.call("wait4", Operand.of(pid), Operand.ZERO));
      throw program.failure(spawned, failure.getAsInt());
    }
    var forked = program.forked(spawned);
    forked.ifPresent(_ -> syscalls.call("wait4", Operand.of(spawned.pid())));
    return new RunningContainer(
        syscalls, forked.orElse(spawned.pid()), program.created(spawned), attended);
  }
}
