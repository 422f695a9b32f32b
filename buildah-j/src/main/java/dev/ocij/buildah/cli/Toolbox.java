package dev.ocij.buildah.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.builtin.TransportOptions;
import dev.ocij.store.Store;
import dev.ocij.term.Options;
import dev.ocij.term.RegistryFlags;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.trust.Policy;
import dev.ocij.trust.PolicyFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// What every command that moves images works with: the store, the ways to other places, the
/// policy.
public final class Toolbox {
  private final StoreFlags store;
  private final RegistryFlags registry;
  private final Supplier<Optional<String>> policy;

  public Toolbox(Options options, StoreFlags store) {
    this.store = store;
    this.registry = new RegistryFlags(options, "");
    this.policy =
        options.text("--signature-policy", "PATH", "the trust policy, in place of the system's");
  }

  public Store store() {
    return store.store();
  }

  /// How registries, and all else on the web, are reached.
  RegistryOptions registryOptions() {
    return registry.options(store.environment(), null);
  }

  public Transports transports() {
    return Builtin.transports(
        TransportOptions.of(
            store(),
            Path.of(System.getenv().getOrDefault("TMPDIR", "/var/tmp")),
            registryOptions(),
            new BlobLocations()));
  }

  /// The policy named on the line, or else the user's or the system's, read when it is first asked:
  /// a build that fetches nothing needs none.
  public Policy policy() {
    return candidate -> policyFile().evaluate(candidate);
  }

  private Policy policyFile() {
    var formats = Builtin.signatureFormats();
    return policy
        .get()
        .map(file -> PolicyFile.read(Path.of(file), formats))
        .orElseGet(() -> PolicyFile.find(System.getenv(), formats));
  }
}
