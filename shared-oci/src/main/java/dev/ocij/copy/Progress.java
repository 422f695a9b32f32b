package dev.ocij.copy;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.trust.Signature;

/// What a copy tells while it goes on; called from several threads.
public interface Progress {
  Progress SILENT = new Progress() {};

  default void readingSignatures() {}

  default void copyingLayer(Blob layer) {}

  default void copyingConfig(Blob config) {}

  default void writingManifest(Document manifest) {}

  default void storingSignatures() {}

  default void signing(Signature made) {}
}
