package dev.ocij.buildah.cli;

import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Where kaniko takes files from, in its words: `dir://`, `tar://`, `git://`, `https://`.
final class KanikoContext {
  private static final String DIRECTORY = "dir://";
  private static final String ARCHIVE = "tar://";
  private static final String REPOSITORY = "git://";
  private static final String INPUT = "tar://stdin";

  private final Supplier<Optional<String>> context;
  private final Supplier<Optional<String>> subPath;
  private final Supplier<Optional<String>> dockerfile;

  KanikoContext(Options options) {
    context = options.text("-c, --context", "DIR", "the directory that COPY takes files from");
    subPath = options.text("--context-sub-path", "DIR", "a directory in it");
    dockerfile = options.text("-f, --dockerfile", "PATH", "the Containerfile");
  }

  /// The same in the words of a build.
  ///
  /// @return `--file` and its value where one was named, then the context
  List<String> words() {
    var place = place();
    return dockerfile
        .get()
        .map(file -> List.of("--file", file(file, place), place))
        .orElse(List.of(place));
  }

  private String place() {
    var given = context.get().orElse(".");
    if (given.startsWith(DIRECTORY) || !given.contains("://")) {
      var directory = Path.of(given.replaceFirst("^" + DIRECTORY, ""));
      return subPath.get().map(directory::resolve).orElse(directory).toString();
    }
    if (subPath.get().isPresent()) {
      throw LaterFlags.notYet("--context-sub-path of what is no directory");
    }
    return ofElsewhere(given);
  }

  private static String ofElsewhere(String given) {
    if (given.equals(INPUT)) {
      return "-";
    }
    if (given.startsWith(ARCHIVE)) {
      return given.substring(ARCHIVE.length());
    }
    if (given.startsWith(REPOSITORY)) {
      return "https://" + given.substring(REPOSITORY.length());
    }
    if (given.startsWith("https://") || given.startsWith("http://")) {
      return given;
    }
    throw LaterFlags.notYet("--context " + given.substring(0, given.indexOf("://") + 3));
  }

  /// A file is looked for in the context where it is not found here.
  private static String file(String given, String place) {
    var inContext = Path.of(place).resolve(given);
    return Files.exists(inContext) ? inContext.toString() : given;
  }
}
