import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lays out a distribution: `java Assemble.java TOOLS DISTRIBUTION JAR CLASS_PATH`.
///
/// Writes `lib/*.jar` (see [Jars]), and for each [Tool] of the folder TOOLS an AOT cache
/// `lib/NAME-CONTENT.aot` and a launcher `bin/NAME`. The distribution appears whole, by one rename,
/// and is left alone when it was made from the same content before.
final class Assemble {
  /// The commands that have a cache of their own.
  private static final String APART = ".apart";

  /// The program that watches a container, beside the commands.
  private static final String MONITOR = ".monitor";

  private final List<Path> tools;
  private final Path distribution;
  private final Path next;
  private final List<Path> jars;

  private Assemble(Path tools, Path distribution, List<Path> jars) throws IOException {
    this.tools = list(tools);
    this.distribution = distribution;
    this.next = distribution.resolveSibling(distribution.getFileName() + ".next");
    this.jars = jars;
  }

  public static void main(String[] args) throws Exception {
    // Maven's class path names the module's own classes by their folder; its jar stands in for it.
    var libraries =
        Stream.of(args[3].split(File.pathSeparator)).filter(path -> path.endsWith(".jar"));
    var jars = Stream.concat(Stream.of(args[2]), libraries).map(Path::of).toList();
    new Assemble(Path.of(args[0]), Path.of(args[1]), jars).run();
  }

  private void run() throws IOException, InterruptedException {
    var content = content();
    var stamp = distribution.resolve("lib/content");
    if (Files.isRegularFile(stamp) && Files.readString(stamp).equals(content)) {
      return;
    }
    delete(next);
    var lib = Files.createDirectories(next.resolve("lib"));
    Files.createDirectory(next.resolve("bin"));
    copyJars(lib);
    Files.copy(sources().resolve("find-jdk.sh"), lib.resolve("find-jdk.sh"));
    Files.writeString(lib.resolve(Providers.FILE), Providers.shortened());
    addTools(content.substring(0, 12));
    Files.writeString(lib.resolve("content"), content);
    delete(distribution);
    Files.move(next, distribution, StandardCopyOption.ATOMIC_MOVE);
    // Where the jars of a cache are not found any more, the virtual machine looks for them again
    // with every class.
    Files.createSymbolicLink(next, distribution.getFileName());
  }

  private void copyJars(Path lib) throws IOException {
    var urls = new ArrayList<URL>();
    for (var jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    try (var types = new URLClassLoader(urls.toArray(URL[]::new))) {
      for (var jar : jars) {
        Jars.copy(jar, lib.resolve(jar.getFileName()), types);
      }
    }
  }

  /// Everything that the result depends on, as one digest: a cache does not notice by itself that a
  /// jar was replaced.
  private String content() throws IOException {
    var sha256 = sha256();
    sha256.update(System.getProperty("java.home").getBytes());
    sha256.update(Runtime.version().toString().getBytes());
    for (var file : Stream.of(jars, tools, list(sources())).flatMap(List::stream).toList()) {
      sha256.update(file.getFileName().toString().getBytes());
      sha256.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void addTools(String content) throws IOException, InterruptedException {
    var image = TrainingImage.write(distribution.resolveSibling("training"));
    var context = TrainingContext.write(distribution.resolveSibling("training-context"), image);
    delete(distribution.resolveSibling("training-store"));
    try (var registry = TrainingRegistry.serving(image)) {
      var trainer =
          new Trainer(next, classPath(next + "/"), image.layout(), context, registry.host());
      for (var tool : tools) {
        add(Tool.read(tool), content, trainer);
      }
    }
  }

  private void add(Tool tool, String content, Trainer trainer)
      throws IOException, InterruptedException {
    var startCache = "%s-start-%s.aot".formatted(tool.name(), content);
    var cache = "%s-%s.aot".formatted(tool.name(), content);
    trainer.start(tool, startCache);
    trainer.commands(tool, "", cache);
    if (!tool.training(APART).isEmpty()) {
      trainer.commands(tool, APART, beside(cache, APART));
    }
    for (var program : tool.training(MONITOR)) {
      trainer.other(tool, program, beside(cache, MONITOR));
    }
    var launcher = next.resolve("bin").resolve(tool.name());
    Files.writeString(launcher, launcher(tool, startCache, cache));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String beside(String cache, String family) {
    return cache.replaceFirst("-(?=[^-]+$)", family.replace('.', '-') + "-");
  }

  private String launcher(Tool tool, String startCache, String cache) throws IOException {
    return Files.readString(sources().resolve("launcher.sh"))
        .replace("@NAME@", tool.name())
        .replace("@MAIN@", tool.main())
        .replace("@FLAGS@", "'%s'".formatted(String.join("' '", tool.flags())))
        .replace("@VALUED@", tool.pattern("valued"))
        .replace("@BRIEF@", tool.pattern("brief"))
        .replace("@UNPRIVILEGED@", tool.pattern("unprivileged"))
        .replace("@START_CACHE@", startCache)
        .replace("@CACHE@", cache)
        .replace("@APART@", tool.pattern("apart"))
        .replace("@APART_CACHE@", beside(cache, APART))
        .replace("@JAVA_HOME@", System.getProperty("java.home"))
        .replace("@CLASS_PATH@", classPath("$home/"));
  }

  private String classPath(String prefix) {
    return jars.stream()
        .map(jar -> prefix + "lib/" + jar.getFileName())
        .collect(Collectors.joining(":"));
  }

  private static Path sources() {
    return Path.of(System.getProperty("jdk.launcher.sourcefile")).toAbsolutePath().getParent();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
