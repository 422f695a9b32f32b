package dev.ocij.skopeo.cli;

import dev.ocij.term.Commands;
import dev.ocij.term.ErrorReport;
import dev.ocij.term.Options;
import dev.ocij.term.Program;

/// The program `skopeo-j [options] command [options] arguments`: copies, inspects, mirrors, signs
/// and verifies images.
final class SkopeoJ {

  private static final String VERSION = "skopeo version 1.22.0 (skopeo-j 0.1.0)";

  private SkopeoJ() {}

  public static void main(String[] args) {
    program().runAndHalt(args);
  }

  static Program program() {
    var options =
        Options.ofProgram("skopeo-j copies, inspects, mirrors, signs and verifies images");
    return new Program("skopeo-j", VERSION, options, Commands.none(), ErrorReport.prefixed("", 1));
  }
}
