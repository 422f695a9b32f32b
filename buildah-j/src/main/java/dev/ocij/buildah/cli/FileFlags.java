package dev.ocij.buildah.cli;

import dev.ocij.buildah.context.Contexts;
import dev.ocij.buildah.context.IgnoreFile;
import dev.ocij.buildah.context.Preprocessed;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Which Containerfiles `build` reads, and what it leaves out of the context.
final class FileFlags {
  private static final List<String> USUAL_NAMES =
      List.of("Containerfile", "Dockerfile", "dockerfile");
  private static final String STANDARD_INPUT = "-";

  private final Supplier<List<String>> files;
  private final Supplier<List<String>> cppFlags;
  private final Supplier<Optional<String>> ignoreFile;

  FileFlags(Options options) {
    files = options.texts("-f, --file", "PATH", "the Containerfile; - is standard input");
    cppFlags = options.texts("--cpp-flag", "FLAG", "for cpp, which reads files that end with .in");
    ignoreFile = options.text("--ignorefile", "PATH", "what to leave out of the context");
  }

  /// The Containerfiles of a context, which are read as one.
  List<Containerfile> containerfiles(Contexts.Opened context) throws IOException {
    if (context.containerfile() != null) {
      refuseOthers();
      return List.of(context.containerfile());
    }
    var read = new ArrayList<Containerfile>();
    for (var file : names(context)) {
      read.add(read(file, context));
    }
    return read;
  }

  private Containerfile read(String file, Contexts.Opened context) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return Containerfile.parse("<stdin>", System.in.readAllBytes());
    }
    var path = Path.of(file);
    boolean ofContext = path.startsWith(context.directory());
    if (!Preprocessed.isWanted(path) || !Files.isRegularFile(path)) {
      return Containerfile.read(ofContext ? context.checked(path) : path);
    }
    if (context.elsewhere() && ofContext) {
      throw new OciException(
          OciException.Category.USAGE,
          "read %s: cpp could include any file of this machine; fetch the context first"
              .formatted(Quoted.of(String.valueOf(path.getFileName()))));
    }
    return Containerfile.parse(file, Preprocessed.read(path, context.directory(), flags()));
  }

  private List<String> flags() {
    var usual = System.getenv().getOrDefault("BUILDAH_CPPFLAGS", "");
    return Stream.concat(Stream.of(usual.split("\\s+")), cppFlags.get().stream())
        .filter(flag -> !flag.isEmpty())
        .toList();
  }

  private void refuseOthers() {
    if (!files.get().isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "the context is a Containerfile itself; leave out --file, or give a directory or"
              + " archive");
    }
  }

  private List<String> names(Contexts.Opened context) {
    if (!files.get().isEmpty()) {
      return files.get().stream().map(name -> found(name, context)).toList();
    }
    return USUAL_NAMES.stream()
        .map(context.directory()::resolve)
        .filter(Files::exists)
        .findFirst()
        .map(path -> List.of(path.toString()))
        .orElseThrow(() -> missing(context.directory()));
  }

  /// A context that came from elsewhere has its files in itself.
  private static String found(String name, Contexts.Opened context) {
    var inContext = context.directory().resolve(name);
    boolean isDirect =
        name.equals(STANDARD_INPUT)
            || (Files.exists(Path.of(name)) && !(context.elsewhere() && Files.exists(inContext)));
    return isDirect ? name : inContext.toString();
  }

  /// What a context leaves out.
  IgnoreFile ignored(Contexts.Opened context) {
    var first = context.containerfile() == null ? names(context).getFirst() : STANDARD_INPUT;
    var containerfile = first.equals(STANDARD_INPUT) ? null : Path.of(first);
    return ignoreFile
        .get()
        .map(Path::of)
        .map(IgnoreFile::read)
        .orElseGet(() -> context.ignored(containerfile));
  }

  private static OciException missing(Path context) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "find a Containerfile in %s: there is no Containerfile and no Dockerfile; name one with --file"
            .formatted(Quoted.of(context.toString())));
  }
}
