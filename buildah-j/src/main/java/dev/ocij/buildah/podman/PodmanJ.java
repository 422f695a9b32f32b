package dev.ocij.buildah.podman;

import dev.ocij.term.Commands;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.LoginCommand;
import dev.ocij.term.LogoutCommand;
import dev.ocij.term.Options;
import dev.ocij.term.Program;

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
    var commands =
        Commands.none().with("login", LoginCommand::new).with("logout", LogoutCommand::new);
    return new Program(
        "podman-j", VERSION, options, commands, ErrorReport.prefixed("Error: ", 125));
  }
}
