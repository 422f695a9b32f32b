package dev.ocij.transport.registry;

import dev.ocij.http.Retries;
import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.store.Contents;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Scopes;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// One image in a registry. Its manifest was read once, when this was opened.
///
/// @param reference the name that was asked for
/// @param place where the image is read, which may be a mirror
/// @param tags of the repository that was asked for: mirrors are not asked
record RegistrySource(
    Reference reference,
    Repository place,
    RegistryClient client,
    Document document,
    Retries retries,
    BlobLocations locations,
    RegistrySignatures signatures,
    Tags tags)
    implements Source {
  RegistrySource {
    located(document, locations, place);
  }

  @Override
  public ImageIdentity identity() {
    return identity(reference);
  }

  static ImageIdentity identity(Reference reference) {
    return new ImageIdentity("docker", reference, Scopes.of(reference));
  }

  @Override
  public Document member(Descriptor descriptor) throws IOException {
    var member = client.manifests().read(descriptor.digest().toString());
    located(member, locations, place);
    return member;
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return open(descriptor, 0);
  }

  @Override
  public InputStream open(Descriptor descriptor, long offset) throws IOException {
    return ResumingInputStream.open(client, descriptor, offset, retries);
  }

  @Override
  public long size(Digest digest) throws IOException {
    return client.blobSize(digest);
  }

  @Override
  public List<Signature> signatures(Digest manifest) throws IOException {
    return signatures.read(this, manifest);
  }

  @Override
  public List<Descriptor> referrers(Digest subject) throws IOException {
    return new ReferrerList(client).read(subject);
  }

  @Override
  public Optional<Document> beside(String tag) throws IOException {
    return client.manifests().find(tag);
  }

  @Override
  public List<String> repositoryTags() throws IOException {
    return tags.list();
  }

  @Override
  public void close() {}

  /// Where a manifest is, its blobs are: they can be mounted before any of them is read.
  private static void located(Document manifest, BlobLocations locations, Repository place) {
    if (manifest.mediaType().isManifest()) {
      Contents.of(manifest)
          .forEach(blob -> locations.add(place.registry(), blob.digest(), place.path()));
    }
  }

  /// Asks for the tags of a repository.
  @FunctionalInterface
  interface Tags {
    List<String> list() throws IOException;
  }
}
