package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// One entry of a new layer, and where its content comes from.
///
/// @param identity what the names of one file have in common; empty for a file of its own
public record Addition(Entry entry, Content content, Optional<Object> identity) {
  public Addition(Entry entry, Content content) {
    this(entry, content, Optional.empty());
  }

  /// Opens the content of a file; anything else has none.
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  /// The content of a file; nothing of anything else.
  InputStream open() throws IOException {
    return entry.isFile() ? content.open() : InputStream.nullInputStream();
  }

  /// An entry that has no content.
  public static Addition of(Entry entry) {
    return new Addition(entry, InputStream::nullInputStream);
  }
}
