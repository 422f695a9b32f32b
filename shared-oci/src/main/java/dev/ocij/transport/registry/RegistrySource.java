package dev.ocij.transport.registry;

import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// One image in a registry. Its manifest was read once, when this was opened.
record RegistrySource(
    Reference reference,
    RegistryClient client,
    Document document,
    Retries retries,
    BlobLocations locations)
    implements Source {

  @Override
  public ImageIdentity identity() {
    return new ImageIdentity("docker", reference, RegistryScopes.of(reference));
  }

  @Override
  public Document member(Descriptor descriptor) throws IOException {
    return client.manifest(descriptor.digest().toString());
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    var stream = ResumingInputStream.open(client, descriptor, retries);
    var repository = reference.repository();
    locations.add(repository.registry(), descriptor.digest(), repository.path());
    return stream;
  }

  @Override
  public List<Signature> signatures(Digest manifest) throws IOException {
    return List.copyOf(AttachedSignatures.read(client, this, manifest));
  }

  @Override
  public List<String> repositoryTags() throws IOException {
    return client.tags();
  }

  @Override
  public void close() {}
}
