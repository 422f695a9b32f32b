package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.StoredStatements;
import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.provenance.Said;
import dev.ocij.buildah.provenance.Statements;
import dev.ocij.copy.Selection;
import dev.ocij.name.Location;
import dev.ocij.spec.Digest;
import dev.ocij.store.Store;
import dev.ocij.term.OpenPgpKeyFlags;
import dev.ocij.term.Options;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signer;
import dev.ocij.trust.sigstore.SigningKey;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `push` shall say of the image at its destination.
final class PushSayFlags {
  private final Supplier<List<String>> bills;
  private final Supplier<List<String>> origins;
  private final SigstoreKeyFlags key;
  private final OpenPgpKeyFlags openPgp;

  /// @param openPgp who else signs, with the same passphrase
  PushSayFlags(Options options, OpenPgpKeyFlags openPgp) {
    bills = options.texts("--sbom", "spdx|cyclonedx|PRESET", "attach a bill of the contents");
    origins =
        options.texts("--provenance", "true|false", "attach the provenance that the build left");
    key = new SigstoreKeyFlags(options, openPgp::count);
    this.openPgp = openPgp;
  }

  /// Those who sign by OpenPGP.
  List<Signer> openPgpSigners() {
    return openPgp.signers(key.passphrase().orElse(Passphrase.EMPTY));
  }

  /// The statements about an image of the store, signed where there is a key.
  Statements statements(Location from, Selection selection, Transports transports, Store store)
      throws IOException {
    var formats = new LinkedHashSet<BillFormat>();
    for (var value : bills.get()) {
      BillFlag.parse(value).ifPresent(formats::add);
    }
    boolean provenance =
        origins.get().stream().reduce((_, last) -> last).flatMap(OriginsFlag::parse).isPresent();
    var opened = key.key();
    if (formats.isEmpty() && !provenance) {
      return saying(Map.of(), opened);
    }
    try (var source = transports.openSource(from)) {
      var layers = new StageLayers(store.images().blobs());
      return saying(
          new StoredStatements(source, layers, List.copyOf(formats), provenance)
              .of(selection.from(source.read())),
          opened);
    }
  }

  private static Statements saying(Map<Digest, List<Said>> said, @Nullable SigningKey key) {
    return new Statements(said, key, Clock.systemUTC());
  }
}
