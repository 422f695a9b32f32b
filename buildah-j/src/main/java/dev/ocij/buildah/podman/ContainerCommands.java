package dev.ocij.buildah.podman;

import dev.ocij.term.Commands;
import dev.ocij.term.StoreFlags;
import java.util.Optional;
import java.util.function.Supplier;

/// The commands about containers that stand alone and below `container`.
final class ContainerCommands {
  private ContainerCommands() {}

  static Commands all(StoreFlags store, Supplier<Optional<String>> runtime) {
    return Commands.none()
        .with("run", () -> new RunCommand(store, runtime))
        .with("create", () -> new CreateCommand(store, runtime))
        .with("start", () -> new StartCommand(store))
        .with("ps", () -> new PsCommand(store))
        .with("logs", () -> new LogsCommand(store))
        .with("attach", () -> new AttachCommand(store))
        .with("exec", () -> new ExecCommand(store))
        .with("cp", () -> new CpCommand(store))
        .with("export", () -> new ExportCommand(store))
        .with("stop", () -> new StopCommand(store))
        .with("kill", () -> new KillCommand(store))
        .with("restart", () -> new RestartCommand(store))
        .with("wait", () -> new WaitCommand(store))
        .with("commit", () -> new CommitCommand(store))
        .with("diff", () -> new DiffCommand(store))
        .with("top", () -> new TopCommand(store))
        .with("pause", () -> new PauseCommand(true, store))
        .with("unpause", () -> new PauseCommand(false, store))
        .with("rename", () -> new RenameCommand(store))
        .with("port", () -> new PortCommand(store))
        .with("stats", () -> new StatsCommand(store))
        .with("rm", () -> new RmCommand(store));
  }
}
