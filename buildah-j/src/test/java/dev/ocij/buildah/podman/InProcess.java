package dev.ocij.buildah.podman;

import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// podman-j in this process, on a store of its own.
record InProcess(Path folder) {

  Path store() {
    return folder.resolve("store");
  }

  Outcome run(String... args) {
    var line = new ArrayList<>(List.of("--root", store().toString()));
    line.addAll(List.of(args));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        PodmanJ.program()
            .run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    return new Outcome(line, status, out.toString(), err.toString());
  }

  /// What it prints; it must succeed.
  String output(String... args) {
    return run(args).succeeded().stdout();
  }

  /// Makes an image of one layer that holds one file.
  ///
  /// @param label `KEY=VALUE`, also the file's content
  /// @return the id
  String build(String label, String... options) throws IOException {
    var context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("file"), label);
    Files.writeString(
        context.resolve("Containerfile"),
        "FROM scratch\nLABEL %s\nENV E=f\nCOPY file /\n".formatted(label));
    var line = new ArrayList<>(List.of("build", "-q"));
    line.addAll(List.of(options));
    line.add(context.toString());
    return output(line.toArray(String[]::new)).strip();
  }
}
