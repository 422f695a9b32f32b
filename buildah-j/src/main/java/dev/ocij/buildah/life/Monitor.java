package dev.ocij.buildah.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.JoinedNamespaces;
import dev.ocij.buildah.run.Pods;
import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.ProcessEnd;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.rootless.Confinement;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.StartException;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.runtime.rootless.Terminal;
import dev.ocij.spec.OciException;
import dev.ocij.store.Store;
import dev.ocij.term.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The process behind a container in the background: its parent, which waits for it, keeps its log
/// and exit status, starts it again where its policy says so, and serves those who attach.
///
/// The container dies with it: the kernel sees to that.
final class Monitor {
  static final String ATTACHED = "attached";
  static final String ALONE = "alone";
  static final String READY = "ready";
  static final String FAILED = "failed ";

  private final Path directory;
  private final boolean attached;
  private final Isolation isolation;
  private final PrintStream starter =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

  private Monitor(Path directory, boolean attached, Isolation isolation) {
    this.directory = directory;
    this.attached = attached;
    this.isolation = isolation;
  }

  public static void main(String[] args) {
    var syscalls = new LinuxSyscalls();
    syscalls.call("setsid");
    syscalls.call("chdir", Operand.of("/"));
    // Whoever started this has tried it, in the same namespaces.
    var isolation = new Isolation(Confinement.valueOf(args[2]), List.of());
    ProcessEnd.now(watch(Path.of(args[0]), args[1].equals(ATTACHED), isolation));
  }

  /// Returns when the container has ended.
  ///
  /// @return the status that the process is to end with
  static int watch(Path directory, boolean attached, Isolation isolation) {
    var monitor = new Monitor(directory, attached, isolation);
    try {
      monitor.watch();
      return ExitCode.OK;
    } catch (IOException | InterruptedException | RuntimeException e) {
      monitor.starter.println(FAILED + ExitCode.TOOL_FAILED + " " + e.getMessage());
      return ExitCode.TOOL_FAILED;
    }
  }

  private void watch() throws IOException, InterruptedException {
    var taken = ContainerFolder.takeOver(directory);
    if (taken.isEmpty()) {
      starter.println(FAILED + ExitCode.TOOL_FAILED + " the container is gone, or runs already");
      return;
    }
    try (var folder = taken.get();
        var server = AttachServer.open(directory)) {
      if (attached) {
        leaveStarter();
        server.awaitFirst();
      }
      live(folder, server);
      new PodLife(new Pods(store()), containers()).memberEnded(folder.state());
      containers().removeEnded(folder);
    }
  }

  private void live(ContainerFolder folder, AttachServer server)
      throws IOException, InterruptedException {
    var before = folder.state();
    folder.allowRestart();
    folder.write(before.in(ContainerState.Status.INITIALIZED));
    var audience = attached ? server : new Announced(server);
    var policy = new RestartPolicy(folder);
    try {
      limitPod(before);
      var supervision = new Supervision(folder, Runner.of(isolation), audience);
      int status = supervision.live(bundle(folder));
      while (policy.again(status)) {
        folder.write(folder.state().restarted());
        status = supervision.live(bundle(folder));
      }
      server.send(Frame.of(Frame.EXITED, status));
    } catch (OciException e) {
      fail(folder, before, server, e);
    }
  }

  /// The first container of a pod to run is its infra container.
  private void limitPod(ContainerState state) throws IOException {
    var member = state.settings().pod();
    if (member != null && member.infra()) {
      for (var pod : new Pods(store()).list()) {
        var limits = pod.defaults().limits();
        if (pod.id().equals(member.id()) && limits != null) {
          ControlGroup.around(ControlGroup.outer(pod.id()), limits);
        }
      }
    }
  }

  private Bundle bundle(ContainerFolder folder) throws IOException {
    return JoinedNamespaces.join(folder.bundle(), folder.state(), containers());
  }

  /// A container that did not start is what it was before.
  private void fail(
      ContainerFolder folder, ContainerState before, AttachServer server, OciException e)
      throws IOException {
    int status = e instanceof StartException start ? start.exitStatus() : ExitCode.TOOL_FAILED;
    boolean fresh = before.started() == null;
    if (fresh && before.autoRemove()) {
      containers().discard(folder);
    } else {
      folder.write(before.in(fresh ? ContainerState.Status.CREATED : ContainerState.Status.EXITED));
    }
    server.send(Frame.failed(status, e.sentence()));
    if (!attached) {
      starter.println(FAILED + status + " " + e.sentence());
    }
  }

  private Containers containers() {
    return new Containers(store());
  }

  private Store store() {
    return Store.open(directory.resolve("../..").normalize());
  }

  /// The starter may go: nothing holds its streams any more.
  private void leaveStarter() {
    starter.println(READY);
    System.gc();
    var syscalls = new LinuxSyscalls();
    long nothing = Stdio.nothing();
    for (int i = 0; i <= 2; i++) {
      syscalls.call("dup3", Operand.of(nothing), Operand.of(i), Operand.ZERO);
    }
  }

  /// Tells the starter of the first beginning.
  private final class Announced implements Audience {
    private final AttachServer server;
    private boolean told;

    private Announced(AttachServer server) {
      this.server = server;
    }

    @Override
    public void begun(
        RunningContainer container, @Nullable Terminal terminal, Optional<OutputStream> input) {
      server.begun(container, terminal, input);
      if (!told) {
        told = true;
        leaveStarter();
      }
    }

    @Override
    public void fit(Terminal terminal) {
      server.fit(terminal);
    }

    @Override
    public void show(Channel channel, byte[] bytes, int length) {
      server.show(channel, bytes, length);
    }
  }
}
