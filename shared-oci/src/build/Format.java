import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Checks or makes the form of all Java files: `java Format.java check|apply KNOWN MODULE…`.
///
/// The file KNOWN remembers, by digest, what was found to be in form, so that a check reads again
/// only what changed.
final class Format {

  private final Path known;
  private final List<Path> modules;

  private Format(Path known, List<Path> modules) {
    this.known = known;
    this.modules = modules;
  }

  public static void main(String[] args) throws Exception {
    var paths = Stream.of(args).skip(1).map(Path::of).toList();
    var format = new Format(paths.getFirst(), paths.subList(1, paths.size()));
    boolean inForm =
        switch (args[0]) {
          case "check" -> format.check();
          case "apply" -> format.apply();
          default -> throw new IllegalArgumentException("check or apply, not " + args[0]);
        };
    System.exit(inForm ? 0 : 1);
  }

  private boolean check() throws Exception {
    var formatted = known();
    var changed = files().stream().filter(file -> !formatted.contains(digest(file))).toList();
    if (changed.isEmpty()) {
      return true;
    }
    if (!run(changed, "--dry-run", "--set-exit-if-changed")) {
      System.err.println("these files are not formatted; run: mvn -N -Pformat process-sources");
      return false;
    }
    remember();
    return true;
  }

  private boolean apply() throws Exception {
    boolean done = run(files(), "--replace");
    remember();
    return done;
  }

  private static boolean run(List<Path> files, String... options) throws Exception {
    var arguments =
        Stream.concat(Stream.of(options), files.stream().map(Path::toString))
            .toArray(String[]::new);
    var out = new PrintWriter(System.out, true);
    var err = new PrintWriter(System.err, true);
    return new Main(out, err, System.in).format(arguments) == 0;
  }

  private List<Path> files() throws IOException {
    var all = new TreeSet<Path>();
    for (var module : modules) {
      try (var tree = Files.walk(module.resolve("src"))) {
        tree.filter(path -> path.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return List.copyOf(all);
  }

  private Set<String> known() throws IOException {
    return Files.exists(known) ? Set.copyOf(Files.readAllLines(known)) : Set.of();
  }

  private void remember() throws IOException {
    Files.createDirectories(known.getParent());
    Files.write(known, new TreeSet<>(files().stream().map(Format::digest).toList()));
  }

  private static String digest(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("read " + file, e);
    }
  }
}
