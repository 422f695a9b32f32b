package dev.ocij.image;

import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a name leads to: one image (or any other thing with a manifest), or an index of several.
public sealed interface Artifact permits Image, Index {
  /// The document this was read from; null once an edit changed anything that stands in it.
  @Nullable Document original();

  /// Stores everything below, then says which document names it all: the original bytes where
  /// nothing changed.
  Document write(Writer writer) throws IOException;

  /// This with every image in it changed; those of an index one by one, when they are read.
  Artifact mapImages(UnaryOperator<Image> change);

  /// Where an artifact is written to, piece by piece.
  interface Writer {
    /// Whether the place has this very image, with all that its manifest names, so that nothing of
    /// it need be put. False where finding out costs as much as putting.
    default boolean has(Image image) throws IOException {
      return false;
    }

    /// Stores a blob; afterwards it is there, verified.
    ///
    /// @return its descriptor there
    Descriptor put(Blob blob) throws IOException;

    /// Stores a manifest below an index, under its digest.
    void putMember(Document manifest) throws IOException;

    /// Says that a member of an index is not written: the index will name what may not be there.
    void leaveOut(Digest member);

    /// What the artifact will be called there; null where that is nowhere said.
    default @Nullable Reference reference() {
      return null;
    }

    /// How many blobs of one image move at once.
    int parallelBlobs();
  }
}
