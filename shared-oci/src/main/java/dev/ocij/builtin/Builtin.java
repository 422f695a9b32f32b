package dev.ocij.builtin;

import dev.ocij.transport.Transports;
import dev.ocij.transport.archive.DockerArchiveTransport;
import dev.ocij.transport.archive.OciArchiveTransport;
import dev.ocij.transport.daemon.DaemonTransport;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.layout.LayoutTransport;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.transport.registry.RegistryTransport;
import dev.ocij.transport.tarball.TarballTransport;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.notation.NotationFormat;
import dev.ocij.trust.sigstore.BundleFormat;
import dev.ocij.trust.sigstore.SigstoreFormat;
import dev.ocij.trust.simple.SimpleFormat;
import java.time.Clock;
import java.util.List;

/// Everything that comes with this library and is found by its name.
public final class Builtin {
  private Builtin() {}

  /// All transports.
  public static Transports transports(TransportOptions options) {
    return new Transports(
        List.of(
            new RegistryTransport(
                options.registry(),
                options.locations(),
                options.precomputeDigests() ? options.temporary() : null),
            new LayoutTransport(options.sharedBlobs(), options.plainLayers()),
            new OciArchiveTransport(options.temporary()),
            new DockerArchiveTransport(options.temporary(), options.additionalTags()),
            new DirectoryTransport(options.directoryLayers()),
            new DaemonTransport(options.daemonHost(), options.registry(), options.temporary()),
            new LocalTransport(options.store()),
            new TarballTransport(options.temporary())));
  }

  /// All formats of signatures that a policy may ask for.
  public static List<SignatureFormat<?>> signatureFormats() {
    return List.of(
        new SimpleFormat(Clock.systemUTC()),
        new SigstoreFormat(Clock.systemUTC()),
        new BundleFormat(Clock.systemUTC()),
        new NotationFormat(Clock.systemUTC()));
  }
}
