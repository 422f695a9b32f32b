package dev.ocij.edit;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.LayerType;
import dev.ocij.image.Piped;
import dev.ocij.layer.chunked.ChunkedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// A layer that is written anew in the format `zstd:chunked` while it is read.
final class Chunked {
  private final Blob blob;
  private final int level;
  private final AtomicReference<Map<String, String>> notes = new AtomicReference<>();

  private Chunked(Blob blob, int level) {
    this.blob = blob;
    this.level = level;
  }

  /// The blob in this format; the same one where it has it, or is not a layer.
  static Blob of(Blob blob, int level) {
    var type = LayerType.of(blob.mediaType());
    if (type == null || blob.mediaType().isForeignLayer() || isChunked(blob)) {
      return blob;
    }
    var chunked = new Chunked(blob, level);
    var format = type.inDocker(false).as(Compression.ZSTD);
    return new Blob.Fresh(format.mediaType(), blob.origin(), chunked::open, chunked.notes::get);
  }

  private static boolean isChunked(Blob blob) {
    return blob instanceof Blob.Known known
        && known.annotations().containsKey(ChunkedLayer.CHECKSUM);
  }

  private InputStream open() throws IOException {
    return Piped.from(out -> {
      try (var plain = Compression.decompressAny(blob.open())) {
        notes.set(ChunkedLayer.write(plain, out, level));
      }
    });
  }
}
