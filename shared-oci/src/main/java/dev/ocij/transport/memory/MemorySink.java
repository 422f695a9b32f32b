package dev.ocij.transport.memory;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.store.Contents;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// An image on its way into memory.
final class MemorySink implements Sink {
  private static final Accepts ACCEPTS =
      new Accepts(Accepts.EVERY_DOCUMENT, null, true, Accepts.EVERY_SIGNATURE);

  private final Consumer<MemoryTransport.Stored> image;
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<Digest, List<Signature>> signatures = new ConcurrentHashMap<>();
  private final Set<Digest> leftOut = ConcurrentHashMap.newKeySet();

  /// @param image takes what was committed
  MemorySink(Consumer<MemoryTransport.Stored> image) {
    this.image = image;
  }

  @Override
  public Accepts accepts() {
    return ACCEPTS;
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    if (blob instanceof Blob.Known(var known, _) && blobs.containsKey(known.digest())) {
      return known;
    }
    try (var content = blob.open()) {
      var bytes = content.readAllBytes();
      var descriptor =
          blob instanceof Blob.Known(var known, _) ? known : Descriptor.of(blob.mediaType(), bytes);
      blobs.put(descriptor.digest(), bytes);
      return descriptor;
    }
  }

  @Override
  public void putMember(Document manifest) {
    blobs.put(manifest.digest(), manifest.bytes());
  }

  @Override
  public boolean takesSparseIndexes() {
    return true;
  }

  @Override
  public void leaveOut(Digest member) {
    leftOut.add(member);
  }

  @Override
  public void putSignatures(Digest manifest, List<Signature> added) {
    signatures.merge(
        manifest, added, (there, more) -> Stream.concat(there.stream(), more.stream()).toList());
  }

  @Override
  public Descriptor commit(Document document) {
    for (var child : Contents.of(document)) {
      if (!blobs.containsKey(child.digest())
          && !child.mediaType().isForeignLayer()
          && !leftOut.contains(child.digest())) {
        throw new OciException(
            OciException.Category.INVALID,
            "write manifest: the blob %s is missing".formatted(child.digest()));
      }
    }
    image.accept(new MemoryTransport.Stored(document, Map.copyOf(blobs), Map.copyOf(signatures)));
    return document.descriptor();
  }

  @Override
  public void close() {}
}
