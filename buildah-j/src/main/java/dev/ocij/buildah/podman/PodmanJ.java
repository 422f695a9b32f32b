package dev.ocij.buildah.podman;

import dev.ocij.term.LoginCommand;
import dev.ocij.term.LogoutCommand;
import dev.ocij.term.Options;
import dev.ocij.term.Program;
import dev.ocij.term.StoreFlags;
import java.util.List;

/// The program `podman-j [options] command [options] arguments`: runs containers, without a daemon
/// and without root.
final class PodmanJ {

  private static final String VERSION = "podman version 5.8.6 (podman-j 0.1.0)";

  private PodmanJ() {}

  public static void main(String[] args) {
    program().runAndHalt(args);
  }

  static Program program() {
    var options = Options.ofProgram("podman-j runs containers, without a daemon and without root");
    var store = new StoreFlags(options);
    var runtime =
        options.text("--runtime", "NAME", "run containers by crun, runc or another runtime");
    options.text("--events-backend", "NAME", "accepted; it means nothing here");
    var commands =
        ContainerCommands.all(store, runtime)
            .with(
                "inspect", () -> new InspectCommand(List.of(new InspectedContainer(store::store))))
            .with("container", () -> new ContainerCommand(store, runtime))
            .with("login", LoginCommand::new)
            .with("logout", LogoutCommand::new);
    return new Program(
        "podman-j", VERSION, options, commands, new PodmanErrors().tracing(store::isDebugging));
  }
}
