package dev.ocij.buildah.cli;

import dev.ocij.testing.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// buildah-j in this process, on a store of its own.
record InProcess(Path store) {

  Outcome run(String... args) {
    var line = new ArrayList<>(List.of("--root", store.toString()));
    line.addAll(List.of(args));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        BuildahJ.program()
            .run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    return new Outcome(line, status, out.toString(), err.toString());
  }

  /// What it prints; it must succeed.
  String output(String... args) {
    return run(args).succeeded().stdout();
  }
}
