package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.builtin.TransportOptions;
import dev.ocij.config.Environment;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.image.Compression;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.store.Store;
import dev.ocij.testing.Tool;
import dev.ocij.transport.Transports;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.Patience;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.transport.registry.Retries;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Copies as `skopeo-j copy` makes them without options, but for pauses that pass at once and less
/// patience.
///
/// @param folder for what stays on this machine
/// @param fit how images are changed on their way
record FaultyCopies(Path folder, RegistryOptions registries, Fit fit) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// In a folder of its own.
  static FaultyCopies in(Path folder) {
    var retries =
        Retries.system().withSleeper(_ -> {}).withPatience(new Patience(PATIENCE, PATIENCE));
    var registries =
        RegistryOptions.of(Environment.system()).withTlsVerify(false).withRetries(retries);
    return new FaultyCopies(folder, registries, Fit.AS_IT_IS);
  }

  FaultyCopies with(RegistryOptions changed) {
    return new FaultyCopies(folder, changed, fit);
  }

  /// These copies, with layers that are made on the way, so that nobody knows their digest before.
  FaultyCopies recompressing() {
    var zstd = new Fit(Fit.Format.OCI, Compression.ZSTD, Compression.DEFAULT_LEVEL, true);
    return new FaultyCopies(folder, registries, zstd);
  }

  String layout() {
    return "oci:" + folder + "/layout:t";
  }

  Descriptor copy(String from, String to) throws IOException {
    var locations = new BlobLocations();
    return new Copier(transports(locations), transports(locations), Progress.SILENT)
        .copy(
            new CopyRequest(
                Location.parse(from),
                Location.parse(to),
                new Selection.All(),
                Policy.acceptAnything(),
                fit,
                false,
                false,
                List.of(),
                null,
                6));
  }

  /// Skopeo compares every digest.
  void readWhole(String location) {
    Tool.required("skopeo")
        .output(
            "--insecure-policy",
            "copy",
            "-q",
            "--src-tls-verify=false",
            location,
            "dir:" + folder + "/whole");
  }

  Transports transports() {
    return transports(new BlobLocations());
  }

  private Transports transports(BlobLocations locations) {
    return Builtin.transports(
        TransportOptions.of(Store.open(folder.resolve("store")), folder, registries, locations));
  }
}
