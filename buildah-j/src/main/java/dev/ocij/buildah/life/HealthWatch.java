package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Health;
import dev.ocij.buildah.run.HealthPlan;
import dev.ocij.runtime.SignalNumber;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.spec.OciException;
import dev.ocij.store.Store;
import java.io.IOException;
import java.time.Duration;

/// Asks a container again and again whether it is well, as long as it lives, in the process that
/// started it.
final class HealthWatch {
  private static final int SIGKILL = 9;

  private final ContainerFolder folder;
  private final RunningContainer running;
  private final HealthPlan plan;

  private HealthWatch(ContainerFolder folder, RunningContainer running, HealthPlan plan) {
    this.folder = folder;
    this.running = running;
    this.plan = plan;
  }

  /// Begins to watch, where the container has a check.
  static void begin(ContainerFolder folder, RunningContainer running) throws IOException {
    var plan = folder.state().settings().health();
    if (plan == null) {
      return;
    }
    Health.begin(folder.directory());
    if (!plan.pause(false).isZero()) {
      Thread.ofPlatform()
          .daemon()
          .name("health")
          .start(new HealthWatch(folder, running, plan)::watch);
    }
  }

  private void watch() {
    var health = Health.STARTING;
    try {
      while (lives()) {
        Thread.sleep(plan.pause(health.equals(Health.STARTING)));
        if (lives() && !stands()) {
          var now = check();
          if (now.equals(Health.UNHEALTHY) && !health.equals(now)) {
            act();
          }
          health = now;
        }
      }
    } catch (IOException | OciException | InterruptedException _) {
      // The container has ended, or its folder is gone.
    }
  }

  private String check() throws IOException, InterruptedException {
    var containers = new Containers(Store.open(folder.directory().resolve("../..").normalize()));
    return new HealthProbe(containers).run(folder.state(), plan).health().status();
  }

  private boolean lives() {
    return folder.state().pid() == running.pid();
  }

  private boolean stands() {
    return ControlGroup.find(folder.directory()).filter(ControlGroup::isFrozen).isPresent();
  }

  private void act() throws IOException, InterruptedException {
    switch (plan.onFailure()) {
      case "kill" -> running.kill(SIGKILL);
      case "stop" -> {
        ContainerFolder.forbidRestart(folder.directory());
        end();
      }
      case "restart" -> {
        folder.wantRestart();
        end();
      }
      default -> {
        // Whoever looks sees it.
      }
    }
  }

  /// As `stop` does it.
  private void end() throws InterruptedException {
    running.kill(SignalNumber.parse(folder.state().stopSignal()));
    Thread.sleep(Duration.ofSeconds(folder.state().stopTimeout()));
    if (lives()) {
      running.kill(SIGKILL);
    }
  }
}
