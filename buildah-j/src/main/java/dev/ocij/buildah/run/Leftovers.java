package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.runtime.rootless.HostProcess;
import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/// What dead processes have left of containers. It is finished by the next command: those to be
/// removed at their end go, others are marked as ended.
record Leftovers(ContainerFolders folders, Erasure erasure) {
  private static final int KILLED = 137;
  private static final int SIGKILL = 9;

  /// Whether there is nothing to finish: nobody is at work on it, or somebody who lives.
  boolean isSettled(ContainerState state, Path directory) {
    return state.isAtRest() ? !isGone(state) : ContainerFolder.isHeld(directory);
  }

  /// Whether it has ended and is to be removed then.
  boolean isGone(ContainerState state) {
    return state.autoRemove() && state.status() == ContainerState.Status.EXITED && !isNeeded(state);
  }

  /// Whether others were made to share its namespaces: as long as they are there, it can be started
  /// again.
  private boolean isNeeded(ContainerState state) {
    if (!ContainerFolder.mayHaveGuests(folders.of(state.id()))) {
      return false;
    }
    try {
      for (var directory : folders.all()) {
        var other = ContainerFolder.read(directory);
        if (other.filter(each -> each.sharesNamespacesOf(state.id())).isPresent()) {
          return true;
        }
      }
      return false;
    } catch (IOException _) {
      return true; // The next command looks again.
    }
  }

  /// Removes a container that has ended, where that was asked for.
  void removeEnded(ContainerFolder folder) throws IOException {
    if (isGone(folder.state())) {
      erasure.erase(folder.directory(), folder.state());
    }
  }

  static ContainerState asEnded(ContainerState state) {
    return state.status() == ContainerState.Status.EXITED
        ? state
        : state.ended(KILLED, Instant.now());
  }

  /// Kills what would be left where the one that waited for it was killed and the kernel did not
  /// follow.
  ///
  /// @return 0, or the negative error
  static long kill(ContainerState container) {
    var left = HostProcess.find(container.pid(), container.processes().beginning());
    try (var process = left.orElse(null)) {
      return process == null ? 0 : process.kill(SIGKILL);
    }
  }

  void finish() throws IOException {
    for (var directory : folders.all()) {
      var state = ContainerFolder.read(directory);
      if (state.filter(each -> isSettled(each, directory)).isEmpty()) {
        finish(directory);
      }
    }
    for (var rest : folders.gone()) {
      quietly(() -> Trees.delete(rest));
    }
  }

  void finish(Path directory) throws IOException {
    try {
      if (ContainerFolder.read(directory).isEmpty()) {
        finishOrphan(directory);
        return;
      }
      try (var folder = ContainerFolder.take(directory).orElse(null)) {
        if (folder != null && folder.state().status() != ContainerState.Status.CREATED) {
          finish(folder);
        }
      }
    } catch (NoSuchFileException _) {
      // Somebody else was quicker.
    }
  }

  private void finish(ContainerFolder folder) throws IOException {
    kill(folder.state());
    ControlGroup.find(folder.directory()).ifPresent(ControlGroup::close);
    folder.write(asEnded(folder.state()));
    quietly(() -> removeEnded(folder));
  }

  /// Who makes a container holds the lock of all until it has a state, so that a folder without one
  /// is a rest where nobody makes any.
  private void finishOrphan(Path directory) throws IOException {
    try (var all = Locks.tryExclusive(folders.lock()).orElse(null)) {
      if (all != null
          && ContainerFolder.read(directory).isEmpty()
          && !ContainerFolder.isHeld(directory)) {
        quietly(() -> Erasure.erase(directory));
      }
    }
  }

  /// What cannot be removed now is tried again by the next command.
  static void quietly(Work work) {
    try {
      work.run();
    } catch (IOException _) {
      // See above.
    }
  }

  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }
}
