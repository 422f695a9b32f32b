package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Signals;
import dev.ocij.runtime.Accounts;
import dev.ocij.runtime.CapabilitySets;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.RootFiles;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.runtime.User;
import dev.ocij.runtime.rootless.Entry;
import dev.ocij.runtime.rootless.HostProcess;
import dev.ocij.runtime.rootless.HostTerminal;
import dev.ocij.runtime.rootless.PipedStreams;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.StartException;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.runtime.rootless.Terminal;
import dev.ocij.spec.OciException;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One more program in a container that runs.
public record ExecSession(Containers containers, Wish wish) {
  static final int REFUSED = 255;
  private static final int NO_WORKDIR = 127;
  private static final int SIGKILL = 9;
  private static final int CHUNK = 1 << 13;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /// @param user null for the container's
  /// @param workdir null for the container's
  /// @param env `NAME=VALUE`, over the container's
  /// @param behind whether it goes on alone
  /// @param descriptors of this process's beside the standard streams that it gets too, in rising
  ///   order
  public record Wish(
      List<String> args,
      @Nullable String user,
      @Nullable String workdir,
      List<String> env,
      boolean input,
      boolean terminal,
      boolean privileged,
      boolean behind,
      List<Integer> descriptors,
      DetachKeys keys) {}

  /// Runs it to its end, or until the caller leaves it by the keys; or where it goes on alone,
  /// starts it.
  ///
  /// @return its exit status, or 0
  /// @throws StartException where it did not begin
  public int run(ContainerState container) throws IOException, InterruptedException {
    try (var first = first(container)) {
      var config = ContainerFolder.config(containers.directory(container));
      return run(first, config, process(first, config));
    } catch (StartException e) {
      throw e.sentence().contains("workdir")
          ? StartException.reported(NO_WORKDIR, e.sentence())
          : e;
    }
  }

  private static HostProcess first(ContainerState container) {
    var found =
        container.status() == ContainerState.Status.RUNNING
            ? HostProcess.find(container.pid(), container.processes().beginning())
            : Optional.<HostProcess>empty();
    return found.orElseThrow(() ->
        StartException.reported(
            REFUSED,
            "can only create exec sessions on running containers: container state improper"));
  }

  /// What a program has shown, and how it ended.
  ///
  /// @param status −1 where it was killed, for it took too long
  record Captured(int status, byte[] output) {}

  /// Runs it to its end, which comes by the time at the latest.
  ///
  /// @throws StartException where it did not begin
  Captured capture(ContainerState container, Duration time)
      throws IOException, InterruptedException {
    try (var first = first(container);
        var streams = PipedStreams.open(false)) {
      var config = ContainerFolder.config(containers.directory(container));
      var running =
          Runner.entering()
              .enter(
                  entry(first, config, process(first, config), null),
                  streams.stdio(Stdio.nothing()));
      streams.handedOver();
      var shown = new ByteArrayOutputStream();
      var pumps = List.of(pump(streams.out(), shown), pump(streams.err(), shown));
      var late = new AtomicBoolean();
      var timer = Thread.ofVirtual().start(() -> end(running, time, late));
      int status = running.waitFor();
      timer.interrupt();
      for (var pump : pumps) {
        pump.join(LAST_WORDS);
      }
      return new Captured(late.get() ? -1 : status, shown.toByteArray());
    }
  }

  private static void end(RunningContainer running, Duration time, AtomicBoolean late) {
    try {
      Thread.sleep(time);
      late.set(true);
      running.kill(SIGKILL);
    } catch (InterruptedException _) {
      // It has ended by itself.
    }
  }

  private int run(HostProcess first, RuntimeConfig config, ContainerProcess process)
      throws InterruptedException {
    var runner = Runner.entering();
    if (wish.behind()) {
      int nothing = Stdio.nothing();
      runner.enter(entry(first, config, process, null), new Stdio(nothing, nothing, nothing));
      return 0;
    }
    if (wish.terminal()) {
      return inTerminal(runner, first, config, process);
    }
    var running =
        runner.enter(entry(first, config, process, null), Stdio.attached(wish.input(), true, true));
    Signals.forward(running::kill);
    return running.waitFor();
  }

  private Entry entry(
      HostProcess first,
      RuntimeConfig config,
      ContainerProcess process,
      @Nullable String terminal) {
    return new Entry(
        first,
        process,
        wish.privileged() ? null : config.linux().seccomp(),
        terminal,
        // Who leaves it lets it live; who is killed takes the terminal along, which ends it.
        wish.behind() || terminal != null,
        wish.descriptors());
  }

  private int inTerminal(
      Runner runner, HostProcess first, RuntimeConfig config, ContainerProcess process)
      throws InterruptedException {
    try (var terminal = Terminal.in(first);
        var here = HostTerminal.raw()) {
      here.resize(terminal);
      int nothing = Stdio.nothing();
      var running =
          runner.enter(
              entry(first, config, process, terminal.path()), new Stdio(nothing, nothing, nothing));
      Signals.resized(() -> here.resize(terminal));
      var end = new CompletableFuture<Integer>();
      if (wish.input()) {
        type(terminal, end);
      }
      var shown = pump(terminal.output(), new FileOutputStream(FileDescriptor.out));
      Thread.ofPlatform().daemon().start(() -> end.complete(running.waitFor()));
      int status = end.join();
      if (!wish.keys().isComplete()) {
        shown.join(LAST_WORDS);
      }
      return status;
    }
  }

  private void type(Terminal terminal, CompletableFuture<Integer> end) {
    Thread.ofPlatform()
        .daemon()
        .name("typed")
        .start(() -> {
          var in = new FileInputStream(FileDescriptor.in);
          var chunk = new byte[CHUNK];
          try (var typed = terminal.input()) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
              typed.write(wish.keys().pass(chunk, n));
              if (wish.keys().isComplete()) {
                terminal.leave();
                end.complete(0);
                return;
              }
            }
          } catch (IOException _) {
            // The program has ended.
          }
        });
  }

  private static Thread pump(InputStream from, OutputStream to) {
    return Thread.ofPlatform()
        .daemon()
        .name("terminal")
        .start(() -> {
          var chunk = new byte[CHUNK];
          try {
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
              to.write(chunk, 0, n);
            }
          } catch (IOException _) {
            // The program has ended, or nobody looks any more.
          }
        });
  }

  private ContainerProcess process(HostProcess first, RuntimeConfig config) {
    var container = config.process();
    var account = account(first, container);
    return new ContainerProcess(
        wish.terminal(),
        account == null ? container.user() : account.user(),
        wish.args(),
        environment(container, account),
        Objects.requireNonNullElse(wish.workdir(), container.cwd()),
        wish.privileged() ? CapabilitySets.privileged() : container.capabilities(),
        container.rlimits(),
        container.noNewPrivileges(),
        null);
  }

  private Accounts.@Nullable Account account(HostProcess first, ContainerProcess container) {
    if (wish.user() == null) {
      return null;
    }
    try {
      User own = container.user();
      return Accounts.of(RootFiles.of(first.root())).find(wish.user(), List.of(), own.umask());
    } catch (OciException e) {
      throw e.category() == OciException.Category.NOT_FOUND
          ? StartException.reported(
              REFUSED,
              "unable to find user %s: no matching entries in passwd file".formatted(wish.user()))
          : e;
    }
  }

  private List<String> environment(ContainerProcess container, Accounts.@Nullable Account account) {
    var variables = new LinkedHashMap<String, String>();
    container.env().forEach(variable -> put(variables, variable));
    if (wish.terminal()) {
      variables.putIfAbsent("TERM", "xterm");
    }
    if (account != null) {
      variables.put("HOME", account.home());
    }
    wish.env().forEach(variable -> put(variables, variable));
    var all = new ArrayList<String>();
    variables.forEach((name, value) -> all.add(name + "=" + value));
    return all;
  }

  private static void put(LinkedHashMap<String, String> variables, String variable) {
    int equals = variable.indexOf('=');
    if (equals > 0) {
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
  }
}
