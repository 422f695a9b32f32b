package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Removes containers that others may be at work on.
record Removal(Erasure erasure, Leftovers leftovers) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /// Returns when it is gone, whoever removed it.
  ///
  /// @param force whether one that runs is killed first
  void remove(Path directory, ContainerState container, boolean force) throws IOException {
    end(directory, container, force);
    var deadline = Instant.now().plus(PATIENCE);
    do {
      try (var folder = ContainerFolder.take(directory).orElse(null)) {
        if (folder != null) {
          Leftovers.kill(folder.state());
          erasure.erase(directory, folder.state());
        } else {
          endAgain(ContainerFolder.read(directory), force);
        }
      }
      // Whoever else removes it may have found the lock of this look in its way.
      leftovers.finish(directory);
    } while (Files.exists(directory) && isBefore(deadline, container));
  }

  /// Where it waits to be started again, it is not.
  private static void end(Path directory, ContainerState container, boolean force)
      throws IOException {
    try {
      ContainerFolder.forbidRestart(directory);
      if (force) {
        kill(container);
      }
    } catch (NoSuchFileException _) {
      // It was removed at its end.
    }
  }

  /// Its policy may have started it again meanwhile.
  private static void endAgain(Optional<ContainerState> container, boolean force) {
    if (force) {
      container.ifPresent(Removal::kill);
    } else if (container.filter(ContainerState::isActive).isPresent()) {
      throw new RunningContainerException(container.get().id());
    }
  }

  /// Kills the first process. Where it belongs to another user of the container's namespace, the
  /// process that waits for it goes, and the kernel lets the container follow.
  private static void kill(ContainerState container) {
    long monitor = container.processes().monitor();
    if (Leftovers.kill(container) < 0 && monitor > 0) {
      ProcessHandle.of(monitor).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean isBefore(Instant deadline, ContainerState container) {
    if (Instant.now().isAfter(deadline)) {
      throw new OciException(
          OciException.Category.UNAVAILABLE,
          "remove container %s: another process holds it; try again later"
              .formatted(container.id()));
    }
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
