package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// `kaniko`: a build that is told as kaniko's executor is, for pipelines that were written for it.
public final class KanikoCommand implements Command {
  private final Options options = Options.of(this, "Build and push, told as kaniko's executor is.");
  private final KanikoFlags flags = new KanikoFlags(options);
  private final StoreFlags store;

  public KanikoCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    flags.notes().forEach(note -> options.err().println("note: " + note));
    options.err().flush();
    var global = new ArrayList<>(List.of("--root=" + store.store().root()));
    var mirrors = flags.registriesConf();
    if (mirrors.isEmpty()) {
      return build(global);
    }
    var file = Files.createTempFile("registries-", ".conf");
    try {
      Files.writeString(file, mirrors);
      global.add("--registries-conf=" + file);
      return build(global);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /// The image has a name as long as that is needed to find it.
  private int build(List<String> global) throws IOException {
    int status = run(global, flags.build(), options.out());
    for (var push : flags.pushes()) {
      status = status == ExitCode.OK ? run(global, push, options.out()) : status;
    }
    if (status == ExitCode.OK) {
      run(global, List.of("rmi", flags.name()), new PrintWriter(Writer.nullWriter()));
    }
    return status;
  }

  private int run(List<String> global, List<String> words, PrintWriter out) {
    var line = new ArrayList<>(global);
    line.addAll(words);
    return BuildahJ.program().run(out, options.err(), line.toArray(String[]::new));
  }
}
