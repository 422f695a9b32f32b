package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.podman.InspectCommand;
import dev.ocij.buildah.podman.StatsCommand;
import dev.ocij.buildah.podman.TopCommand;
import dev.ocij.buildah.podman.Values;
import dev.ocij.runtime.SignalNumber;
import dev.ocij.term.Commands;
import dev.ocij.term.StoreFlags;
import java.util.List;
import java.util.OptionalInt;

/// The commands below `pod`.
public final class PodFamily {
  private PodFamily() {}

  public static Commands commands(StoreFlags store) {
    return Commands.none()
        .with("create", () -> new PodCreateCommand(store))
        .with("exists", () -> new PodExistsCommand(store))
        .with("inspect", () -> new InspectCommand(List.of(new InspectedPod(store::store))))
        .with("kill", () -> kill(store))
        .with("logs", () -> new PodLogsCommand(store))
        .with("pause", () -> pause(store, true))
        .with("prune", () -> new PodPruneCommand(store))
        .with("ps", () -> new PodPsCommand(store), "list", "ls")
        .with("restart", () -> restart(store))
        .with("rm", () -> new PodRmCommand(store))
        .with("start", () -> start(store))
        .with("stats", () -> StatsCommand.ofPods(store))
        .with("stop", () -> stop(store))
        .with("top", () -> TopCommand.ofPods(store))
        .with("unpause", () -> pause(store, false));
  }

  private static PodActionCommand start(StoreFlags store) {
    return new PodActionCommand(
        store, "Start all containers of pods.", _ -> (life, pod) -> life.start(pod));
  }

  private static PodActionCommand stop(StoreFlags store) {
    return new PodActionCommand(
        store,
        "Stop all containers of pods.",
        options -> {
          var time = options.text("-t, --time", "SECONDS", "until they are killed");
          return (life, pod) ->
              life.stop(
                  pod,
                  time.get()
                      .map(text -> OptionalInt.of(Values.number(text, "stop timeout")))
                      .orElse(OptionalInt.empty()));
        });
  }

  private static PodActionCommand kill(StoreFlags store) {
    return new PodActionCommand(
        store,
        "Send a signal to all containers of pods.",
        options -> {
          var signal = options.text("-s, --signal", "SIGNAL", "by name or number; default: KILL");
          return (life, pod) -> life.kill(pod, SignalNumber.parse(signal.get().orElse("KILL")));
        });
  }

  private static PodActionCommand restart(StoreFlags store) {
    return new PodActionCommand(
        store,
        "Stop and start all containers of pods.",
        _ ->
            (life, pod) -> {
              life.stop(pod, OptionalInt.empty());
              life.start(pod);
            });
  }

  private static PodActionCommand pause(StoreFlags store, boolean still) {
    return new PodActionCommand(
        store,
        still ? "Let all containers of pods stand still." : "Let paused pods go on.",
        _ -> (life, pod) -> life.pause(pod, still));
  }
}
