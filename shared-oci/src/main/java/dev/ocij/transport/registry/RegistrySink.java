package dev.ocij.transport.registry;

import dev.ocij.http.Retries;
import dev.ocij.image.Blob;
import dev.ocij.image.BlobSource;
import dev.ocij.image.Document;
import dev.ocij.image.FileSlice;
import dev.ocij.image.Image;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.store.Contents;
import dev.ocij.store.PendingFile;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one image into a repository. Blobs that are there, or that another repository of the
/// registry can lend, are not sent.
///
/// @param waiting where layers that are made on the way wait until their digest is known
record RegistrySink(
    Reference reference,
    RegistryClient client,
    Retries retries,
    BlobLocations locations,
    RegistrySignatures signatures,
    @Nullable Path waiting)
    implements Sink {
  private static final Accepts ACCEPTS =
      new Accepts(
          List.of(), null, false, List.of(Signature.Simple.class, Signature.Sigstore.class));

  @Override
  public Accepts accepts() {
    return ACCEPTS;
  }

  @Override
  public boolean takesForeignLayers() {
    return true;
  }

  /// A registry that has the manifest is asked to take it once more, which it refuses where a blob
  /// is missing.
  @Override
  public boolean has(Image image) throws IOException {
    var document = image.original();
    if (document == null || document.mediaType().isSchema1() || !client.manifests().has(document)) {
      return false;
    }
    var place = reference.repository();
    Contents.of(document)
        .forEach(blob -> locations.add(place.registry(), blob.digest(), place.path()));
    return true;
  }

  /// Some registries still do; which, they answer themselves.
  @Override
  public boolean takesSchema1() {
    return true;
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    var stored =
        switch (blob) {
          case Blob.Known known -> putKnown(known);
          case Blob.Fresh fresh -> waiting == null ? upload(fresh) : putMade(fresh, waiting);
        };
    var repository = reference.repository();
    locations.add(repository.registry(), stored.digest(), repository.path());
    return stored;
  }

  @Override
  public void putMember(Document manifest) throws IOException {
    new ReferrerList(client).put(manifest.digest().toString(), manifest);
  }

  @Override
  public void putReferrer(Document referrer) throws IOException {
    putMember(referrer);
  }

  @Override
  public void putBeside(String tag, Document manifest) throws IOException {
    client.manifests().put(tag, manifest);
  }

  @Override
  public void putSignatures(Digest manifest, List<Signature> signatures) throws IOException {
    this.signatures.add(this, manifest, signatures);
  }

  @Override
  public Descriptor commit(Document document) throws IOException {
    if (reference instanceof Reference.Digested named
        && !named.digest().equals(document.digest(named.digest().algorithm()))) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "push %s: the manifest has the digest %s; name that, or a tag"
              .formatted(reference, document.digest()));
    }
    new ReferrerList(client).put(reference.tagOrDigest(), document);
    return document.descriptor();
  }

  @Override
  public void close() {}

  /// What the repository holds already.
  BlobSource blobs() {
    return blob -> ResumingInputStream.open(client, blob, 0, retries);
  }

  private Descriptor putKnown(Blob.Known blob) throws IOException {
    if (client.hasBlob(blob.descriptor())) {
      return blob.descriptor();
    }
    var digest = blob.descriptor().digest();
    var lender = locations.other(reference.repository().registry(), digest, client.repository());
    if (lender.isEmpty()) {
      return upload(blob);
    }
    var instead = client.uploads().mount(digest, lender.get());
    return instead.isEmpty()
        ? blob.descriptor()
        : new BlobUpload(client, blob, retries, instead.get()).run();
  }

  /// Sends what the registry turns out to lack.
  private Descriptor putMade(Blob.Fresh blob, Path directory) throws IOException {
    try (var file = PendingFile.unnamed(directory)) {
      var made = file.append(blob);
      return putKnown(new Blob.Known(made, () -> new FileSlice(file.channel(), 0, made.size())));
    }
  }

  private Descriptor upload(Blob blob) throws IOException {
    return new BlobUpload(client, blob, retries, null).run();
  }
}
