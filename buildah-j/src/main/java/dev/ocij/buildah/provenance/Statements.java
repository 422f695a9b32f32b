package dev.ocij.buildah.provenance;

import dev.ocij.copy.NewReferrers;
import dev.ocij.image.Document;
import dev.ocij.image.Image;
import dev.ocij.name.Location;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.transport.SignatureArtifact;
import dev.ocij.transport.StatementArtifact;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.trust.Signer;
import dev.ocij.trust.sigstore.BundleSigner;
import dev.ocij.trust.sigstore.SigningKey;
import dev.ocij.trust.sigstore.SigstoreSigner;
import dev.ocij.trust.sigstore.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is said of images, as artifacts that refer to them wherever they are written: signed in
/// bundles where there is a key, else as they are.
///
/// @param said by the digest of an image's configuration, which no copy changes
/// @param key null for none
/// @param signing whether the key signs each image, too, in a bundle that says nothing else
public record Statements(
    Map<Digest, List<Said>> said, @Nullable SigningKey key, boolean signing, Clock clock)
    implements NewReferrers {
  private static final String REGISTRY = "docker";

  public static final Statements NONE = new Statements(Map.of(), null, Clock.systemUTC());

  public Statements(Map<Digest, List<Said>> said, @Nullable SigningKey key, Clock clock) {
    this(said, key, false, clock);
  }

  public Statements {
    said = Map.copyOf(said);
  }

  /// As they go to a place. In the local store nothing is signed yet, for what is pushed is another
  /// document; in a registry [#signers] sign the image, everywhere else this does.
  public Statements at(Location place) {
    return switch (place.transport()) {
      case LocalTransport.NAME -> new Statements(said, null, clock);
      case REGISTRY -> this;
      default -> new Statements(said, key, key != null, clock);
    };
  }

  /// Who signs an image at a place by its name there, as the peers do.
  public List<Signer> signers(Location place) {
    return key == null || !place.transport().equals(REGISTRY)
        ? List.of()
        : List.of(SigstoreSigner.of(key, clock));
  }

  @Override
  public List<Image> of(Document manifest) {
    var artifacts = new ArrayList<Image>();
    if (signing && key != null) {
      artifacts.add(
          SignatureArtifact.of(
              BundleSigner.of(key, clock).sign(manifest, ""), manifest.descriptor()));
    }
    if (!said.isEmpty() && manifest.mediaType().isManifest()) {
      var config = Json.read(manifest.bytes(), ImageManifest::from, "manifest").config().digest();
      said.getOrDefault(config, List.of()).forEach(each -> artifacts.add(artifact(each, manifest)));
    }
    return artifacts;
  }

  private Image artifact(Said each, Document manifest) {
    var subject = manifest.descriptor();
    var statement =
        new Statement(List.of(subject.digest()), each.predicateType(), each.predicate());
    requireReadable(statement.toJson());
    return key == null
        ? StatementArtifact.of(statement, subject)
        : SignatureArtifact.of(
            new BundleSigner(key, each.predicateType(), each.predicate(), clock).sign(manifest, ""),
            subject);
  }

  /// Three bytes are four in a bundle, and those who verify read no more than this.
  private static void requireReadable(byte[] statement) {
    if (statement.length > Json.LARGEST_DOCUMENT / 4 * 3 - (64 << 10)) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "attach a statement of %d bytes: none would read it; write it to a file with --sbom-output"
              .formatted(statement.length));
    }
  }
}
