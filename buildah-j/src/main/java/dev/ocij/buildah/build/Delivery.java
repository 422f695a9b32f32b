package dev.ocij.buildah.build;

import dev.ocij.buildah.provenance.Said;
import dev.ocij.buildah.provenance.Statements;
import dev.ocij.copy.Beside;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Policy;
import dev.ocij.trust.Signer;
import dev.ocij.trust.sigstore.SigningKey;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How finished images come to their destinations.
///
/// @param signers of what is written
/// @param statements that go beside it
/// @param fit what happens to it on its way
public record Delivery(
    Transports transports,
    Progress progress,
    Fit fit,
    List<Signer> signers,
    Statements statements) {

  public Delivery {
    signers = List.copyOf(signers);
  }

  /// Nothing is said of what is written.
  public Delivery(Transports transports, Progress progress, Fit fit, List<Signer> signers) {
    this(transports, progress, fit, signers, Statements.NONE);
  }

  /// With these statements about one image.
  ///
  /// @param id the digest of its configuration
  public Delivery saying(Digest id, List<Said> said, @Nullable SigningKey key) {
    var all = said.isEmpty() ? Map.<Digest, List<Said>>of() : Map.of(id, said);
    return new Delivery(
        transports, progress, fit, signers, new Statements(all, key, Clock.systemUTC()));
  }

  /// Copies an image to a destination.
  ///
  /// @return what the destination's name leads to
  public Descriptor deliver(Image image, Location target) throws IOException {
    return deliver(new BuiltSource(image), target);
  }

  /// Copies what a source has to a destination.
  ///
  /// @return what the destination's name leads to
  Descriptor deliver(Source source, Location target) throws IOException {
    var sources = new Transports(List.of(new BuiltTransport(source)));
    return new Copier(sources, transports, progress)
        .copy(
            CopyRequest.of(
                    new Location(BuiltSource.TRANSPORT, ""),
                    target,
                    new Selection.All(),
                    // It was made here, of what was judged when it came.
                    Policy.acceptAnything())
                .with(fit)
                .with(Beside.SIGNATURES.signedBy(all(target), null).with(statements.at(target))));
  }

  private List<Signer> all(Location target) throws IOException {
    return Stream.concat(signers.stream(), statements.signers(target).stream()).toList();
  }
}
