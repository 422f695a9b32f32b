package dev.ocij.buildah.cli;

import dev.ocij.term.Commands;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.Options;
import dev.ocij.term.Program;

/// The program `buildah-j [options] command [options] arguments`: builds images from
/// Containerfiles, without a daemon and without root.
final class BuildahJ {

  private static final String VERSION =
      "buildah version 1.43.2 (buildah-j 0.1.0, image-spec 1.1.1, runtime-spec 1.2.1)";

  private BuildahJ() {}

  public static void main(String[] args) {
    program().runAndHalt(args);
  }

  static Program program() {
    var options =
        Options.ofProgram(
            "buildah-j builds images from Containerfiles, without a daemon and without root");
    return new Program(
        "buildah-j", VERSION, options, Commands.none(), ErrorReport.prefixed("Error: ", 125));
  }
}
