package dev.ocij.term;

import dev.ocij.config.Environment;
import dev.ocij.store.Store;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Where the local store and registries.conf are: the program options of buildah-j and podman-j.
///
/// What only concerns the peers' own storage (`--storage-driver` and the like) is accepted, so that
/// scripts need no change, and means nothing here.
public final class StoreFlags {
  private static final Set<String> DEBUGGING = Set.of("debug", "trace");

  private final Supplier<Optional<String>> root;
  private final Supplier<Optional<String>> registriesConf;
  private final Supplier<Optional<String>> registriesConfDir;
  private final Supplier<Optional<String>> aliases;
  private final BooleanSupplier debug;
  private final Supplier<Optional<String>> logLevel;

  public StoreFlags(Options options) {
    root = options.text("--root", "DIR", "the store, in place of the user's own");
    registriesConf =
        options.text("--registries-conf", "PATH", "registries.conf, in place of the system's");
    registriesConfDir =
        options.text("--registries-conf-dir", "DIR", "what is read after it, in place of *.conf.d");
    aliases = options.text("--short-name-alias-conf", "PATH", "short names that people chose");
    for (var name : new String[] {"runroot", "imagestore", "storage-driver", "tmpdir"}) {
      options.text("--" + name, "VALUE", "accepted; it means nothing here");
    }
    options.texts("--storage-opt", "KEY=VALUE", "accepted; it means nothing here");
    options.flag("--transient-store", "accepted; it means nothing here");
    options.text("--cgroup-manager", "NAME", "accepted; it means nothing here");
    debug = options.flag("--debug", "tell of an error where in the program it came from");
    logLevel = options.text("--log-level", "LEVEL", "debug and trace are as --debug");
  }

  /// Whether somebody looks for a fault in the program.
  public boolean isDebugging() {
    return debug.getAsBoolean() || logLevel.get().filter(DEBUGGING::contains).isPresent();
  }

  /// Where configuration is.
  public Environment environment() {
    return with(
        registriesConf,
        Environment::withRegistriesConf,
        with(
            registriesConfDir,
            Environment::withRegistriesConfDir,
            with(aliases, Environment::withShortNameAliases, Environment.system())));
  }

  private static Environment with(
      Supplier<Optional<String>> given,
      BiFunction<Environment, Path, Environment> change,
      Environment environment) {
    return given.get().map(text -> change.apply(environment, Path.of(text))).orElse(environment);
  }

  public Store store() {
    return root.get().map(Path::of).map(Store::open).orElseGet(() -> Store.open(System.getenv()));
  }
}
