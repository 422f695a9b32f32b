package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.runtime.rootless.HostProcess;
import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/// Finishes what dead processes have left of containers: those to be removed at their end go,
/// others are marked as ended, and folders that nobody fills go too.
///
/// @param volumes of which anonymous ones go with their container
/// @param names which a container that goes gives back
record ContainerSweep(ContainerFolders folders, Volumes volumes, TakenNames names) {
  private static final int KILLED = 137;
  private static final int SIGKILL = 9;

  void sweep() throws IOException {
    for (var directory : folders.all()) {
      var state = ContainerFolder.read(directory);
      if (state.filter(each -> isSettled(each, directory)).isEmpty()) {
        sweep(directory);
      }
    }
    for (var rest : folders.rests()) {
      quietly(() -> Trees.delete(rest));
    }
  }

  void sweep(Path directory) throws IOException {
    try {
      if (ContainerFolder.read(directory).isEmpty()) {
        sweepOrphan(directory);
        return;
      }
      try (var folder = ContainerFolder.take(directory).orElse(null)) {
        if (folder != null && folder.state().status() != ContainerState.Status.CREATED) {
          sweep(folder);
        }
      }
    } catch (NoSuchFileException _) {
      // Somebody else was quicker.
    }
  }

  private void sweep(ContainerFolder folder) throws IOException {
    killLeft(folder.state());
    ControlGroup.find(folder.directory()).ifPresent(ControlGroup::close);
    if (folder.state().autoRemove()) {
      quietly(() -> delete(folder.directory(), folder.state()));
    } else {
      folder.write(asEnded(folder.state()));
    }
  }

  /// Who makes a container holds the lock of all until it has a state, so that a folder without one
  /// is a rest where nobody makes any.
  private void sweepOrphan(Path directory) throws IOException {
    try (var all = Locks.tryExclusive(folders.lock()).orElse(null)) {
      if (all != null
          && ContainerFolder.read(directory).isEmpty()
          && !ContainerFolder.isHeld(directory)) {
        quietly(() -> ContainerFolders.erase(directory));
      }
    }
  }

  /// Removes a container, whose folder this process holds, with its anonymous volumes.
  void delete(Path directory, ContainerState state) throws IOException {
    ControlGroup.find(directory).ifPresent(ControlGroup::close);
    for (var volume : state.volumes()) {
      if (!isShared(volume, state)) {
        volumes.remove(volume);
      }
    }
    names.giveBack(state.name(), state.id());
    ContainerFolders.erase(directory);
  }

  /// Whether another container has it, by `--volumes-from`.
  private boolean isShared(String volume, ContainerState owner) throws IOException {
    for (var directory : folders.all()) {
      var other = ContainerFolder.read(directory);
      if (other.isPresent()
          && !other.get().id().equals(owner.id())
          && other.get().settings().volumes().contains(volume)) {
        return true;
      }
    }
    return false;
  }

  /// Kills what would be left where the process that waited for a container was killed and the
  /// kernel did not follow.
  ///
  /// @return negative where it may not be killed
  static long killLeft(ContainerState container) {
    var left = HostProcess.find(container.pid(), container.processes().beginning());
    try (var process = left.orElse(null)) {
      return process == null ? 0 : process.kill(SIGKILL);
    }
  }

  /// Whether there is nothing to finish: nobody is at work on it, or somebody who lives.
  static boolean isSettled(ContainerState state, Path directory) {
    return state.isAtRest() ? !isGone(state) : ContainerFolder.isHeld(directory);
  }

  /// Whether it has ended and should be removed then.
  static boolean isGone(ContainerState state) {
    return state.autoRemove() && state.status() == ContainerState.Status.EXITED;
  }

  static ContainerState asEnded(ContainerState state) {
    return state.status() == ContainerState.Status.EXITED
        ? state
        : state.ended(KILLED, Instant.now());
  }

  /// What cannot be removed now is tried again by the next command.
  static void quietly(Removal removal) {
    try {
      removal.run();
    } catch (IOException _) {
      // See above.
    }
  }

  @FunctionalInterface
  interface Removal {
    void run() throws IOException;
  }
}
