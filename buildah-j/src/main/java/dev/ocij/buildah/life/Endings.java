package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.linux.Errno;
import dev.ocij.runtime.SignalNumber;
import dev.ocij.runtime.rootless.HostProcess;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Ends containers: signals, and the wait until they have taken effect.
public record Endings(Containers containers) {
  private static final int SIGKILL = 9;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LAST = Duration.ofSeconds(20);

  /// Sends a signal.
  ///
  /// @throws OciException where the container does not run
  public void kill(ContainerState container, int signal) throws IOException {
    try (var process = process(container).orElse(null)) {
      if (process == null) {
        throw new OciException(
            OciException.Category.USAGE,
            "can only kill running containers. %s is in state %s: container state improper"
                .formatted(container.id(), container.statusName()));
      }
      send(container, process, signal);
    }
  }

  /// Asks the container to stop, and kills it where it has not done so in time. One that does not
  /// run stays as it is.
  ///
  /// @param seconds −1 for ever
  /// @param warn gets a sentence where it had to be killed
  public void stop(ContainerState container, int seconds, Consumer<String> warn)
      throws IOException, InterruptedException {
    if (container.status() == ContainerState.Status.PAUSED) {
      throw new OciException(
          OciException.Category.USAGE,
          "can only stop created or running containers. %s is in state paused: container state improper"
              .formatted(container.id()));
    }
    ContainerFolder.forbidRestart(containers.directory(container));
    try (var process = process(container).orElse(null)) {
      if (process == null) {
        return;
      }
      if (seconds != 0) {
        send(container, process, SignalNumber.parse(container.stopSignal()));
      }
      var deadline = seconds < 0 ? Instant.MAX : Instant.now().plusSeconds(seconds);
      if (!ends(process, deadline)) {
        if (seconds != 0) {
          warn.accept(
              "StopSignal %s failed to stop container %s in %d seconds, resorting to SIGKILL"
                  .formatted(container.stopSignal(), container.name(), seconds));
        }
        send(container, process, SIGKILL);
        ends(process, Instant.now().plus(LAST));
      }
    }
    awaitRecord(container);
  }

  private void send(ContainerState container, HostProcess process, int signal) {
    long result = process.kill(signal);
    boolean sent =
        result >= 0
            || Errno.ESRCH.is(result)
            || (Errno.EPERM.is(result) && sentByMonitor(container, signal));
    if (!sent) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "send a signal to container %s: %s".formatted(container.id(), Errno.describe(result)));
    }
  }

  /// From another user namespace nobody signals a container's user that is not its root. Its
  /// monitor is in the same.
  private boolean sentByMonitor(ContainerState container, int signal) {
    try (var monitor = Attachment.connect(containers.directory(container))) {
      monitor.signal(signal);
      return true;
    } catch (IOException _) {
      return false; // It has none: another command waits for it.
    }
  }

  private static Optional<HostProcess> process(ContainerState container) {
    return container.isActive()
        ? HostProcess.find(container.pid(), container.processes().beginning())
        : Optional.empty();
  }

  private static boolean ends(HostProcess process, Instant deadline) throws InterruptedException {
    while (HostProcess.beginning(process.pid()) != 0) {
      if (Instant.now().isAfter(deadline)) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  /// Waits until whoever waited for the container has written down how it ended.
  private void awaitRecord(ContainerState container) throws IOException, InterruptedException {
    var directory = containers.directory(container);
    var deadline = Instant.now().plus(LAST);
    while (ContainerFolder.isHeld(directory) && Instant.now().isBefore(deadline)) {
      var now = ContainerFolder.read(directory);
      if (now.isEmpty() || (now.get().isAtRest() && !now.get().autoRemove())) {
        return;
      }
      Thread.sleep(PAUSE);
    }
  }
}
