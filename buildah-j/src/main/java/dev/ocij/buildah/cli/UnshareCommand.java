package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.MountedTree;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `unshare [COMMAND…]`: a command in the user namespace that containers have, where their trees
/// can be mounted.
public final class UnshareCommand implements Command {
  /// Tells all commands of a session that they are in one.
  static final String SESSION = "_CONTAINERS_USERNS_CONFIGURED";

  private final Options options =
      Options.of(this, "Run a command in a user namespace.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("COMMAND", 0, "and its arguments; default: your shell");
  private final Supplier<List<String>> mounts =
      options.texts("-m, --mount", "[NAME=]CONTAINER", "mount it; its path is in a variable");
  private final StoreFlags store;

  public UnshareCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    refuseOutsideOfNamespace(System.getenv());
    var given = words.get();
    var shell = System.getenv().getOrDefault("SHELL", "/bin/sh");
    var process = new ProcessBuilder(given.isEmpty() ? List.of(shell) : given).inheritIO();
    process.environment().put(SESSION, "done");
    process.environment().put("BUILDAH_ROOTLESS", "true");
    var user = System.getenv().getOrDefault("_OCIJ_USER", "0:0").split(":");
    process.environment().put("_CONTAINERS_ROOTLESS_UID", user[0]);
    process.environment().put("_CONTAINERS_ROOTLESS_GID", user[1]);
    mounts(process.environment());
    return run(process);
  }

  private static int run(ProcessBuilder process) throws InterruptedException {
    try {
      return process.start().waitFor();
    } catch (IOException _) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "run %s: it cannot be started".formatted(Quoted.of(process.command().getFirst())));
    }
  }

  /// `NAME=CONTAINER`, or `CONTAINER`, whose name then is the variable's.
  private void mounts(Map<String, String> environment) throws IOException {
    for (var text : mounts.get()) {
      int equals = text.indexOf('=');
      var container = text.substring(equals + 1);
      var variable =
          equals < 0 ? container.replaceAll("[^A-Za-z0-9_]", "_") : text.substring(0, equals);
      try (var open = new WorkingContainers(store.store()).open(container)) {
        environment.put(variable, new MountedTree(open).mount().toString());
      }
    }
  }

  private static void refuseOutsideOfNamespace(Map<String, String> environment) {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!environment.containsKey("_OCIJ_USER") && !root) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "enter a user namespace: the machine forbids it; buildah-j doctor tells why");
    }
  }
}
