package dev.ocij.buildah.cli;

import dev.ocij.spec.Digest;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `kaniko`: a build that is told as kaniko's executor is, for pipelines that were written for it.
public final class KanikoCommand implements Command {
  private final Options options = Options.of(this, "Build and push, told as kaniko's executor is.");
  private final KanikoFlags flags = new KanikoFlags(options, System.getenv());
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
    var folder = Files.createTempDirectory("kaniko-");
    try {
      flags.registries().write(folder);
      return build(folder);
    } finally {
      remove(folder);
    }
  }

  /// The image has a name as long as that is needed to find it.
  private int build(Path folder) throws IOException {
    var name = "localhost/kaniko-%d:built".formatted(ProcessHandle.current().pid());
    int status = run(folder, flags.build(name, folder), options.out(), options.err());
    if (status != ExitCode.OK) {
      return status;
    }
    try {
      return pushed(name, folder);
    } finally {
      run(folder, List.of("rmi", name), new PrintWriter(Writer.nullWriter()), options.err());
    }
  }

  private int pushed(String name, Path folder) throws IOException {
    var digest = folder.resolve("digest");
    for (var place : flags.results().places()) {
      var err = new StringWriter();
      var words = push(name, place, digest);
      int status = run(folder, words, options.out(), new PrintWriter(err));
      options.err().print(err);
      if (status != ExitCode.OK && !flags.results().isAccepted(err.toString())) {
        return status;
      }
    }
    flags.results().tell(told(digest, name));
    return ExitCode.OK;
  }

  /// The first place that has a manifest gives the digest.
  private List<String> push(String name, String place, Path digest) {
    var words = new ArrayList<>(List.of("push", "-q"));
    words.addAll(flags.registries().words(digest.resolveSibling("")));
    words.addAll(flags.results().compression());
    if (!Files.exists(digest) && !place.startsWith("docker-archive:")) {
      words.add("--digestfile=" + digest);
    }
    words.addAll(List.of(name, place));
    return words;
  }

  /// That of the place, else that of the image in the store.
  private Digest told(Path digest, String name) throws IOException {
    if (Files.exists(digest)) {
      return Digest.parse(Files.readString(digest));
    }
    var out = new StringWriter();
    var words = List.of("inspect", "--type=image", "--format={{.FromImageDigest}}", name);
    run(digest.resolveSibling(""), words, new PrintWriter(out), options.err());
    return Digest.parse(out.toString().strip());
  }

  private int run(Path folder, List<String> words, PrintWriter out, PrintWriter err) {
    var line = new ArrayList<>(List.of("--root=" + store.store().root()));
    var conf = folder.resolve("registries.conf");
    if (Files.exists(conf)) {
      line.add("--registries-conf=" + conf);
    }
    line.addAll(words);
    return BuildahJ.program().run(out, err, line.toArray(String[]::new));
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
