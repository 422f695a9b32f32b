package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerCreation.Created;
import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.JoinedNamespaces;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Starts containers: in the foreground as children of this process, or by a monitor.
public record Starts(Containers containers) {
  private static final Path OWN_USERS = Path.of("/proc/self/ns/user");

  /// Runs a new container as a child of this process. Afterwards it is gone or remembered, as was
  /// asked for.
  ///
  /// @return the status of the program, or 128 and the number of the signal that ended it
  /// @throws dev.ocij.runtime.rootless.StartException where the program did not begin
  public int inFront(RunRequest request, Created created) throws IOException, InterruptedException {
    try (var folder = created.folder()) {
      try {
        return new Supervision(
                folder, Runner.of(created.isolation()), new FrontAudience(request.attachment()))
            .live(created.bundle());
      } finally {
        finish(folder);
      }
    }
  }

  /// One that did not start is left as it was made.
  private void finish(ContainerFolder folder) throws IOException {
    var status = folder.state().status();
    if (status == ContainerState.Status.EXITED) {
      containers.removeEnded(folder);
    } else if (folder.state().autoRemove()) {
      containers.discard(folder);
    } else if (status == ContainerState.Status.INITIALIZED) {
      folder.write(folder.state().in(ContainerState.Status.CREATED));
    }
  }

  /// Starts a container whose folder this process holds, and lets go of it. Returns when its
  /// program runs.
  ///
  /// @throws dev.ocij.runtime.rootless.StartException where it does not begin
  public void behind(ContainerFolder folder) throws IOException {
    try (folder) {
      launch(folder, false);
    }
  }

  /// As [#behind], and stays attached.
  ///
  /// @return the status of the program; none where the caller left it running
  public OptionalInt attached(ContainerFolder folder, Attachment.Wish wish) throws IOException {
    var directory = folder.directory();
    try (folder) {
      launch(folder, true);
    }
    try (var attachment = Attachment.connect(directory)) {
      return attachment.stay(wish);
    }
  }

  /// Who has namespaces of others is started by a monitor of theirs, where only that may join them.
  /// They run then.
  private void launch(ContainerFolder folder, boolean attached) throws IOException {
    var starters = new ArrayList<ContainerState>();
    for (var id : JoinedNamespaces.owners(folder.state())) {
      var owner = running(id);
      if (mustBeAsked(owner)) {
        starters.add(owner);
      }
    }
    if (starters.isEmpty()) {
      MonitorProcess.start(folder.directory(), attached);
    } else {
      refuseSeveral(starters, folder.state());
      ask(starters.getFirst(), folder, attached);
    }
  }

  private static boolean mustBeAsked(ContainerState owner) {
    return owner.isActive() && (owner.isInfra() || isApart(owner));
  }

  private void refuseSeveral(List<ContainerState> starters, ContainerState guest)
      throws IOException {
    var first = starters.getFirst();
    for (var other : starters) {
      if (!origin(first).equals(origin(other))) {
        throw new OciException(
            OciException.Category.UNSUPPORTED,
            "start container %s: containers %s and %s are in user namespaces of two commands, and nobody is in both; share the namespaces of one of them, or make a pod"
                .formatted(guest.name(), first.name(), other.name()));
      }
    }
  }

  /// The id of the container in whose user namespace one runs.
  private String origin(ContainerState container) throws IOException {
    for (var id : JoinedNamespaces.owners(container)) {
      var owner = containers.find(id);
      if (mustBeAsked(owner)) {
        return origin(owner);
      }
    }
    return container.id();
  }

  private ContainerState running(String id) throws IOException {
    var owner = containers.find(id);
    if (owner.isActive()) {
      return owner;
    }
    var free = take(owner);
    if (free.isPresent()) {
      behind(free.get());
    }
    return containers.find(id);
  }

  /// Whether the command that started it has a user namespace of its own, into which nobody looks
  /// from another.
  private static boolean isApart(ContainerState owner) {
    var theirs = Path.of("/proc/%d/ns/user".formatted(owner.processes().monitor()));
    try {
      return !Files.readSymbolicLink(theirs).equals(Files.readSymbolicLink(OWN_USERS));
    } catch (NoSuchFileException _) {
      return false; // It has ended meanwhile.
    } catch (IOException _) {
      return true;
    }
  }

  private void ask(ContainerState owner, ContainerFolder folder, boolean attached)
      throws IOException {
    try {
      MemberStart.ask(containers.directory(owner), folder.directory(), attached);
    } catch (SocketException e) {
      JoinedNamespaces.running(owner.id(), folder.state(), containers);
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          ("start container %s: container %s, whose namespaces it shares, runs in the foreground"
                  + " of another command, in whose user namespace nobody else is; run that with -d")
              .formatted(folder.state().name(), owner.name()),
          e);
    }
  }

  /// Attaches to a container that runs.
  ///
  /// @throws OciException where it has no monitor
  public OptionalInt join(ContainerState container, Attachment.Wish wish) throws IOException {
    try (var attachment = connect(container)) {
      return attachment.stay(wish);
    }
  }

  private Attachment connect(ContainerState container) {
    try {
      return Attachment.connect(containers.directory(container));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "attach to container %s: it runs in the foreground of another command, which alone has its streams"
              .formatted(container.id()),
          e);
    }
  }

  /// The folder of a container that is to be started; none where it runs already.
  ///
  /// @throws OciException where another process is at work on it
  public Optional<ContainerFolder> take(ContainerState container) throws IOException {
    var directory = containers.directory(container);
    for (int i = 0; i < 50; i++) {
      var folder = ContainerFolder.take(directory);
      if (folder.isPresent()) {
        return folder;
      }
      var now = ContainerFolder.read(directory);
      if (now.isPresent() && now.get().isActive()) {
        return folder;
      }
      pause();
    }
    throw new OciException(
        OciException.Category.UNAVAILABLE,
        "start container %s: another process is at work on it".formatted(container.id()));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
