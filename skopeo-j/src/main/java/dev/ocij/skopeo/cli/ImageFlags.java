package dev.ocij.skopeo.cli;

import dev.ocij.builtin.TransportOptions;
import dev.ocij.store.Store;
import dev.ocij.term.Options;
import dev.ocij.term.RegistryFlags;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How one end of a command is reached: the flags that each image argument has, with a prefix where
/// there are two.
final class ImageFlags {
  private final GlobalFlags global;
  private final RegistryFlags registry;
  private final Supplier<Optional<String>> sharedBlobDir;
  private final Supplier<Optional<String>> daemonHost;

  private ImageFlags(
      GlobalFlags global,
      RegistryFlags registry,
      Supplier<Optional<String>> sharedBlobDir,
      Supplier<Optional<String>> daemonHost) {
    this.global = global;
    this.registry = registry;
    this.sharedBlobDir = sharedBlobDir;
    this.daemonHost = daemonHost;
  }

  /// Of an end that any transport reaches.
  static ImageFlags of(Options options, String prefix, GlobalFlags global) {
    return new ImageFlags(
        global,
        new RegistryFlags(options, prefix),
        options.text(
            "--%sshared-blob-dir".formatted(prefix), "DIR", "blobs shared between OCI layouts"),
        options.text(
            "--%sdaemon-host".formatted(prefix),
            "URL",
            "where the Docker daemon listens: unix:///PATH, tcp://HOST:PORT, http://HOST:PORT"));
  }

  /// Of an end that is neither a layout nor a daemon.
  static ImageFlags ofRegistry(Options options, String prefix, GlobalFlags global) {
    return new ImageFlags(
        global, new RegistryFlags(options, prefix), Optional::empty, Optional::empty);
  }

  TransportOptions transportOptions() {
    return transportOptions(null);
  }

  /// @param authfile where credentials are when this end has no file of its own
  TransportOptions transportOptions(@Nullable Path authfile) {
    return TransportOptions.of(
            Store.open(System.getenv()),
            global.temporary(),
            global.registries(registry.options(global.environment(), authfile)),
            global.locations)
        .withSharedBlobs(sharedBlobDir.get().map(Path::of).orElse(null))
        .withDaemonHost(daemonHost.get().orElse(null));
  }
}
