package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a name leads to: one image (or any other thing with a manifest), or an index of several.
public sealed interface Artifact permits Image, Index {
  /// The document this was read from; null once an edit changed anything that stands in it.
  @Nullable Document original();

  /// Stores everything below, then says which document names it all: the original bytes where
  /// nothing changed.
  ///
  /// @param put stores one blob and returns its descriptor at the destination
  /// @param putMember stores one manifest that an index names
  Document write(PutBlob put, PutMember putMember) throws IOException;

  /// Stores a blob; afterwards it is there, verified.
  @FunctionalInterface
  interface PutBlob {
    Descriptor put(Blob blob) throws IOException;
  }

  /// Stores a manifest below an index, under its digest.
  @FunctionalInterface
  interface PutMember {
    void put(Document manifest) throws IOException;
  }
}
