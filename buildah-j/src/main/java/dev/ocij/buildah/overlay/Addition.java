package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;
import java.io.IOException;
import java.io.InputStream;

/// One entry of a new layer, and where its content comes from.
public record Addition(Entry entry, Content content) {
  /// Opens the content of a file; anything else has none.
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  /// The content of a file; nothing for anything else.
  InputStream open() throws IOException {
    return entry.isFile() ? content.open() : InputStream.nullInputStream();
  }

  /// An entry that has no content.
  public static Addition of(Entry entry) {
    return new Addition(entry, InputStream::nullInputStream);
  }
}
