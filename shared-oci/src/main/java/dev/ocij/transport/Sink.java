package dev.ocij.transport;

import dev.ocij.image.Artifact;
import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.trust.Signature;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place that one image is written to: blobs first, by any number of threads, the manifest last.
///
/// Whatever happens before [#commit], the place shows what it showed before.
public interface Sink extends Artifact.Writer, Closeable {
  /// What this place can hold, so that the copy is edited to fit.
  Accepts accepts();

  /// Stores a blob. Afterwards the place has it, verified and durable; a blob that is already there
  /// whole is not moved again, and putting twice is the same as once.
  ///
  /// @return the blob's descriptor here: its own, or for one made on the way what it became
  @Override
  Descriptor put(Blob blob) throws IOException;

  /// Stores a manifest that an index names, under its digest; its blobs are here.
  @Override
  void putMember(Document manifest) throws IOException;

  /// Nothing where such an index is refused, or where others judge.
  @Override
  default void leaveOut(Digest member) {}

  /// Whether an index may stay that names what is not here.
  default boolean takesSparseIndexes() {
    return false;
  }

  /// Whether a layer that its publisher keeps at URLs of its own may stay there.
  default boolean takesForeignLayers() {
    return false;
  }

  /// Six, skopeo's default.
  @Override
  default int parallelBlobs() {
    return 6;
  }

  /// Stores signatures beside a manifest of this image, beside those that are there already.
  ///
  /// @throws dev.ocij.spec.OciException of category `UNSUPPORTED` where the place cannot hold them
  void putSignatures(Digest manifest, List<Signature> signatures) throws IOException;

  /// Stores a manifest that is about another of this image, so that those who look for referrers
  /// find it; its blobs are here.
  ///
  /// @throws dev.ocij.spec.OciException of category `UNSUPPORTED` where the place cannot hold them
  default void putReferrer(Document referrer) throws IOException {
    throw Referrer.unsupported("a referrer");
  }

  /// Stores a manifest under another tag of the same place; its blobs are here.
  ///
  /// @throws dev.ocij.spec.OciException of category `UNSUPPORTED` where the place cannot hold them
  default void putBeside(String tag, Document manifest) throws IOException {
    throw Referrer.unsupported("what is tagged by a digest");
  }

  /// Makes the image visible under its name; everything it reaches is here. Success means that a
  /// power cut loses nothing.
  ///
  /// @return the descriptor that the name leads to
  Descriptor commit(Document document) throws IOException;

  /// Whether a manifest of schema 1 may be written here, where one was asked for.
  default boolean takesSchema1() {
    return accepts().takes(MediaType.DOCKER_SCHEMA1_SIGNED);
  }

  /// The name that signatures made on the way carry when nobody says another; null where this place
  /// has none.
  @Override
  default @Nullable Reference reference() {
    return null;
  }

  /// Ends the writing; without a commit, what was written is removed or kept for a later attempt
  /// where nothing else sees it.
  @Override
  void close() throws IOException;
}
