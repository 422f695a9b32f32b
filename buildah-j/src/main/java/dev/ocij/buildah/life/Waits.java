package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/// Waits for what becomes of containers.
///
/// @param interval between two looks
public record Waits(Containers containers, Duration interval) {

  /// Waits until the container's status is one of these.
  ///
  /// @param statuses as [ContainerState#statusName] has them
  /// @return its exit code; −1 while it has none
  public int until(ContainerState container, Set<String> statuses)
      throws IOException, InterruptedException {
    var directory = containers.directory(container);
    if (statuses.equals(Set.of("exited"))) {
      var told = fromMonitor(directory);
      if (told.isPresent()) {
        return told.getAsInt();
      }
    }
    while (true) {
      var now = now(container);
      if (statuses.contains(now.statusName()) || statuses.contains(containers.healthOf(now))) {
        return now.status() == ContainerState.Status.EXITED ? now.exitCode() : -1;
      }
      Thread.sleep(interval);
    }
  }

  /// The status as its monitor tells it, even of a container that is removed at its end.
  private static OptionalInt fromMonitor(Path directory) {
    try (var attachment = Attachment.connect(directory)) {
      return attachment.await();
    } catch (IOException _) {
      return OptionalInt.empty();
    }
  }

  private ContainerState now(ContainerState container) throws IOException {
    var directory = containers.directory(container);
    var state = ContainerFolder.read(directory);
    if (state.isEmpty()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "no container with name or ID \"%s\" found: no such container".formatted(container.id()));
    }
    return state.get().isAtRest() || ContainerFolder.isHeld(directory)
        ? state.get()
        : containers.find(container.id());
  }
}
