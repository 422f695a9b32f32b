import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes AOT caches: runs a program of `distribution` so that the virtual machine writes down what
/// it loaded.
///
/// Classes of a cache are loaded all at once, so there are several for each tool: a small one for
/// `--version` and `--help`, one for the commands, with what reading an image from a layout and
/// from a registry needs, where that is worth it one for a family of commands that need much else,
/// and one for another program that the tool starts.
record Trainer(Path distribution, String classPath, Path layout, Path context, String registry) {

  /// Trains with the program's own `main` and one line of arguments.
  void start(Tool tool, String cache) throws IOException, InterruptedException {
    train(tool, cache, List.of(tool.main(), "--help"));
  }

  /// Trains with all lines that the tool's description has for a family. One that fails is told and
  /// otherwise ignored: the tool works without, and starts later.
  void commands(Tool tool, String family, String cache) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("dev.ocij.term.Training", tool.main()));
    for (var line : tool.training(family)) {
      arguments.add(filled(line));
    }
    train(tool, cache, arguments);
  }

  /// Trains with another program of the tool, on what the lines of its commands left.
  void other(Tool tool, String program, String cache) throws IOException, InterruptedException {
    train(tool, cache, List.of(filled(program).split(" ")));
  }

  private String filled(String line) {
    return line.replace("{layout}", layout.toString())
        .replace("{context}", context.toString())
        .replace("{registry}", registry);
  }

  private void train(Tool tool, String cache, List<String> arguments)
      throws IOException, InterruptedException {
    var log = distribution.resolveSibling(cache + ".log");
    run(tool, "-XX:AOTCacheOutput=lib/" + cache, arguments, log);
    Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("train with "))
        .forEach(System.err::println);
    // A virtual machine that cannot use a cache may end instead of going on without.
    run(tool, "-XX:AOTCache=lib/" + cache, List.of(tool.main(), "--version"), log);
  }

  /// A home with a policy, as most users have one.
  private Path home() throws IOException {
    var home = layout.resolveSibling("home");
    var policy = home.resolve(".config/containers/policy.json");
    Files.createDirectories(policy.getParent());
    Files.writeString(
        policy,
        """
        {"default": [{"type": "insecureAcceptAnything"}],
         "transports": {"docker-daemon": {"": [{"type": "insecureAcceptAnything"}]}}}
        """);
    return home;
  }

  private void run(Tool tool, String cacheFlag, List<String> arguments, Path log)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(tool.flags());
    command.add("-Djava.security.properties=" + distribution.resolve("lib", Providers.FILE));
    command.addAll(List.of(cacheFlag, "-cp", classPath));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(distribution.toFile());
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    builder.environment().put("HOME", home().toString());
    int exitCode = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    if (exitCode != 0 || !Files.exists(distribution.resolve(cacheFlag.split("=")[1]))) {
      throw new IOException(
          "run %s with %s: exit %d; see %s".formatted(tool.name(), cacheFlag, exitCode, log));
    }
  }
}
