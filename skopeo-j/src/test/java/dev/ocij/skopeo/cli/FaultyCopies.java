package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.builtin.TransportOptions;
import dev.ocij.config.Environment;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.http.Patience;
import dev.ocij.http.Retries;
import dev.ocij.image.Compression;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.store.Store;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.transport.Transports;
import dev.ocij.transport.registry.BlobLocations;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.transport.registry.auth.Credential;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Copies as `skopeo-j copy` makes them without options, but for pauses that pass at once and less
/// patience.
///
/// @param folder for what stays on this machine
/// @param fit how images are changed on their way
record FaultyCopies(Path folder, RegistryOptions registries, Fit fit) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Fit ZSTD =
      new Fit(Fit.Format.OCI, Compression.ZSTD, Compression.DEFAULT_LEVEL, true);

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
    return new FaultyCopies(folder, registries, ZSTD);
  }

  String layout() {
    return "oci:" + folder + "/layout:t";
  }

  Descriptor copy(String from, String to) throws IOException {
    var locations = new BlobLocations();
    return new Copier(transports(locations), transports(locations), Progress.SILENT)
        .copy(
            CopyRequest.of(
                    Location.parse(from),
                    Location.parse(to),
                    new Selection.All(),
                    Policy.acceptAnything())
                .with(fit));
  }

  /// The same by a line of the command, as somebody types it.
  Outcome line(String from, String to) {
    var words = new ArrayList<>(List.of("--insecure-policy", "copy", "-q", from, to));
    for (var end : List.of("--src-", "--dest-")) {
      if (registries.tlsVerify() != null) {
        words.add(end + "tls-verify=" + registries.tlsVerify());
      }
      if (registries.certDir() != null) {
        words.add(end + "cert-dir=" + registries.certDir());
      }
      if (registries.credential() instanceof Credential.Password password) {
        words.add("%screds=%s:%s".formatted(end, password.user(), password.secret()));
      }
    }
    if (fit.equals(ZSTD)) {
      words.addAll(List.of("--format=oci", "--dest-compress-format=zstd"));
      words.add("--dest-force-compress-format");
    }
    var program = SkopeoJ.program(registries.retries());
    return SkopeoLine.run(program, words.toArray(String[]::new));
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
