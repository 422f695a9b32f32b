package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.base.Pull;
import dev.ocij.builtin.Builtin;
import dev.ocij.builtin.TransportOptions;
import dev.ocij.spec.Platform;
import dev.ocij.store.Store;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.RegistryFlags;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.directory.DirectoryTransport.Layers;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.trust.Policy;
import java.nio.file.Path;

/// What every command that moves images works with: the store, the ways to other places, the
/// policy.
public final class Toolbox {
  private final StoreFlags store;
  private final RegistryFlags registry;
  private final PolicyFlag policy;

  public Toolbox(Options options, StoreFlags store) {
    this.store = store;
    this.registry = new RegistryFlags(options, "");
    this.policy = new PolicyFlag(options);
  }

  public Store store() {
    return store.store();
  }

  /// How registries, and all else on the web, are reached.
  ///
  /// @throws dev.ocij.spec.OciException where credentials are to be in a file that is not there,
  ///   whether a registry is asked or not
  RegistryOptions registryOptions() {
    var given = registry.options(store.environment(), null);
    LocalFile.requireCredentials(given.authfile());
    return given;
  }

  public Transports transports() {
    return transports(Layers.AS_THEY_ARE);
  }

  /// @param layers how a folder of the `dir` transport gets them
  Transports transports(Layers layers) {
    return Builtin.transports(
        TransportOptions.of(
                store(),
                Path.of(System.getenv().getOrDefault("TMPDIR", "/var/tmp")),
                registryOptions(),
                new BlobLocations())
            .withDirectoryLayers(layers));
  }

  /// Images of this machine's platform, fetched where they are not here.
  BaseImages baseImages() {
    return new BaseImages(transports(), policy(), Platform.host(), Pull.MISSING);
  }

  /// What decides about images that are fetched.
  public Policy policy() {
    return policy.policy();
  }
}
