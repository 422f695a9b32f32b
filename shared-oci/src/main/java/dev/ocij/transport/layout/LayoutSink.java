package dev.ocij.transport.layout;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Referrer;
import dev.ocij.transport.Sink;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One image on its way into a layout. Blobs that no commit follows stay until the next pruning,
/// where a later attempt finds them.
public final class LayoutSink implements Sink {
  private final String location;
  private final LayoutMedium medium;
  private final @Nullable String name;
  private final Accepts accepts;
  private final List<Descriptor> beside = new ArrayList<>();
  private final Map<Digest, List<Signature.Sigstore>> signatures = new LinkedHashMap<>();
  private final Set<Digest> leftOut = new HashSet<>();

  /// @param location for messages
  /// @param name of the image in the layout; null for none
  /// @param medium closed with this sink
  public LayoutSink(String location, LayoutMedium medium, @Nullable String name, Accepts accepts) {
    this.location = location;
    this.medium = medium;
    this.name = name;
    this.accepts = accepts;
  }

  @Override
  public Accepts accepts() {
    return accepts;
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    return medium.put(blob);
  }

  @Override
  public void putMember(Document manifest) throws IOException {
    putDocument(manifest);
  }

  @Override
  public synchronized void putReferrer(Document referrer) throws IOException {
    putDocument(referrer);
    beside.add(Referrer.describe(referrer));
  }

  @Override
  public synchronized void putBeside(String tag, Document manifest) throws IOException {
    beside.add(putDocument(manifest).withAnnotations(Map.of(Descriptor.REF_NAME, tag)));
  }

  @Override
  public boolean takesSparseIndexes() {
    return medium.takesSparseIndexes();
  }

  @Override
  public boolean takesForeignLayers() {
    return medium.takesForeignLayers();
  }

  @Override
  public synchronized void leaveOut(Digest member) {
    leftOut.add(member);
  }

  /// They become visible with the image.
  @Override
  public synchronized void putSignatures(Digest manifest, List<Signature> added) {
    var known = signatures.computeIfAbsent(manifest, _ -> new ArrayList<>());
    for (var signature : added) {
      switch (signature) {
        case Signature.Sigstore sigstore -> known.add(sigstore);
        case Signature.Simple _, Signature.Bundle _, Signature.Notation _ ->
            throw new OciException(
                OciException.Category.UNSUPPORTED,
                "Can not copy signatures to %s: Pushing signatures for OCI images is not supported"
                    .formatted(location));
      }
    }
  }

  @Override
  public synchronized Descriptor commit(Document document) throws IOException {
    var written = putDocument(document);
    var attached = new LayoutSignatures(medium);
    var entries = new ArrayList<>(beside);
    for (var signed : signatures.entrySet()) {
      entries.add(attached.put(signed.getKey(), signed.getValue()));
    }
    entries.add(
        name == null ? written : written.withAnnotations(Map.of(Descriptor.REF_NAME, name)));
    medium.name(entries, leftOut);
    return written;
  }

  @Override
  public void close() throws IOException {
    medium.close();
  }

  private Descriptor putDocument(Document document) throws IOException {
    return medium.put(Blob.of(document.mediaType(), document.bytes()));
  }
}
