package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.MountedTree;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `mount [CONTAINER…]`: mounts the trees of working containers, or lists those that are.
public final class MountCommand implements Command {
  private final Options options =
      Options.of(this, "Mount the trees of working containers.").stoppingAtFirstArgument();
  private final Supplier<List<String>> names =
      options.arguments("CONTAINER", 0, "names or ids; default: list the mounted ones");
  private final BooleanSupplier json = options.flag("--json", "print JSON");
  private final StoreFlags store;

  public MountCommand(StoreFlags store) {
    options.flag("--notruncate", "accepted; nothing is cut");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var given = OrderedArguments.of(names.get());
    var mounted = given.isEmpty() ? mounted() : mount(given);
    if (json.getAsBoolean()) {
      printJson(mounted);
    } else if (given.size() == 1) {
      mounted.values().forEach(options.out()::println);
    } else {
      mounted.forEach((name, path) -> options.out().println(name + " " + path));
    }
    return ExitCode.OK;
  }

  private SequencedMap<String, String> mount(List<String> given) throws IOException {
    refuseOutsideOfSession(System.getenv());
    var mounted = new LinkedHashMap<String, String>();
    for (var name : given) {
      try (var container = new WorkingContainers(store.store()).open(name)) {
        mounted.put(name, new MountedTree(container).mount().toString());
      }
    }
    return mounted;
  }

  private SequencedMap<String, String> mounted() throws IOException {
    var mounted = new LinkedHashMap<String, String>();
    for (var each : new WorkingContainers(store.store()).list()) {
      if (MountedTree.isMounted(each, store.store())) {
        mounted.put(each.name(), MountedTree.place(each, store.store()).toString());
      }
    }
    return mounted;
  }

  /// In a namespace that the launcher made for this command alone the mount would end with it.
  private static void refuseOutsideOfSession(Map<String, String> environment) {
    if (environment.containsKey("_OCIJ_USER") && !environment.containsKey(UnshareCommand.SESSION)) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "cannot mount in rootless mode: the mount would end with this command; run it in a"
              + " session of buildah-j unshare");
    }
  }

  private void printJson(Map<String, String> mounted) {
    var array = Json.array();
    mounted.forEach(
        (name, path) -> array.addObject().put("container", name).put("mountPoint", path));
    options.out().println(array.isEmpty() ? "null" : GoJson.indented(array, 4));
  }
}
