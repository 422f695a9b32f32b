package dev.ocij.transport.registry;

import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Scopes;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

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

  @Override
  public ImageIdentity identity() {
    return new ImageIdentity("docker", reference, Scopes.of(reference));
  }

  @Override
  public Document member(Descriptor descriptor) throws IOException {
    return client.manifest(descriptor.digest().toString());
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    var stream = ResumingInputStream.open(client, descriptor, retries);
    locations.add(place.registry(), descriptor.digest(), place.path());
    return stream;
  }

  @Override
  public List<Signature> signatures(Digest manifest) throws IOException {
    return signatures.read(this, manifest);
  }

  @Override
  public List<Signature> referring(Digest manifest) throws IOException {
    return new Referrers(client).signatures(this, manifest);
  }

  @Override
  public List<String> repositoryTags() throws IOException {
    return tags.list();
  }

  @Override
  public void close() {}

  /// Asks for the tags of a repository.
  @FunctionalInterface
  interface Tags {
    List<String> list() throws IOException;
  }
}
