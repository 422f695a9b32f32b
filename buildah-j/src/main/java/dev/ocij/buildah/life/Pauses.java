package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.ContainerState.Status;
import dev.ocij.buildah.run.Containers;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Lets all processes of containers stand still, and go on, by their control groups.
public record Pauses(Containers containers) {
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Returns when they stand still.
  ///
  /// @throws OciException where it does not run, or is in no control group of its own
  public void pause(ContainerState container) throws IOException, InterruptedException {
    change(container, true, Status.RUNNING, "pause");
  }

  /// @throws OciException where it is not paused
  public void unpause(ContainerState container) throws IOException, InterruptedException {
    change(container, false, Status.PAUSED, "unpause");
  }

  private void change(ContainerState container, boolean still, Status before, String verb)
      throws IOException, InterruptedException {
    if (container.status() != before) {
      throw new OciException(
          OciException.Category.USAGE,
          "%s is not %s, can't %s: container state improper"
              .formatted(container.id(), still ? "running" : "paused", verb));
    }
    var group = ControlGroup.find(containers.directory(container));
    if (group.isEmpty()) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          ("%s container %s: it is in no control group that could be frozen, for none of version 2"
                  + " was delegated to who started it; systemd-run --user --scope -p Delegate=yes"
                  + " gives one")
              .formatted(verb, container.id()));
    }
    freeze(group.get(), container, still, verb);
  }

  @SuppressWarnings("resource") // Closing would end the container.
  private static void freeze(
      ControlGroup group, ContainerState container, boolean still, String verb)
      throws InterruptedException {
    try {
      group.freeze(still);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "%s container %s: %s".formatted(verb, container.id(), Reason.of(e)),
          e);
    }
    var deadline = Instant.now().plus(PATIENCE);
    var wanted = still ? "frozen 1" : "frozen 0";
    while (!String.valueOf(group.read("cgroup.events")).contains(wanted)
        && Instant.now().isBefore(deadline)) {
      Thread.sleep(PAUSE);
    }
  }
}
