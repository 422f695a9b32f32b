package dev.ocij.buildah.contents;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Whole files of an image that are read into memory.
final class FileContent {
  /// Bytes that are no UTF-8 become question marks.
  private static final Charset TEXT = StandardCharsets.UTF_8;

  /// A package database of a large image has some ten megabytes.
  private static final long LARGEST = 64 << 20;

  private FileContent() {}

  static byte[] read(LayeredTree tree, Entry file) throws IOException {
    if (file.size() > LARGEST) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s of the image: its %d bytes are more than the %d that are looked at"
              .formatted(Quoted.of(file.path()), file.size(), LARGEST));
    }
    try (var content = tree.open(file)) {
      return content.readAllBytes();
    }
  }

  static String text(LayeredTree tree, Entry file) throws IOException {
    return new String(read(tree, file), TEXT);
  }
}
