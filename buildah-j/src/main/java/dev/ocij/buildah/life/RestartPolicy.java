package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import java.time.Duration;
import java.time.Instant;

/// Whether a container that has ended is started again, and how soon: after a tenth of a second at
/// first, then after twice as long each time that it lived shortly.
final class RestartPolicy {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LONG_LIFE = Duration.ofSeconds(10);

  private final ContainerFolder folder;
  private Duration pause = FIRST_PAUSE;
  private int times;

  RestartPolicy(ContainerFolder folder) {
    this.folder = folder;
  }

  /// Waits before it says yes.
  boolean again(int status) throws InterruptedException {
    if (!(folder.takeRestart() || wants(status)) || !folder.mayRestart()) {
      return false;
    }
    times++;
    var started = folder.state().started();
    if (started != null && Duration.between(started, Instant.now()).compareTo(LONG_LIFE) > 0) {
      pause = FIRST_PAUSE;
    }
    sleep();
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    return folder.mayRestart();
  }

  /// To the end, or until somebody does not want it any more.
  private void sleep() throws InterruptedException {
    var end = Instant.now().plus(pause);
    while (folder.mayRestart() && Instant.now().isBefore(end)) {
      Thread.sleep(LOOK); // Another process says so, in a file.
    }
  }

  private boolean wants(int status) {
    var settings = folder.state().settings();
    return switch (settings.restart()) {
      case "always", "unless-stopped" -> true;
      case "on-failure" -> status != 0 && (settings.retries() == 0 || times < settings.retries());
      default -> false;
    };
  }
}
