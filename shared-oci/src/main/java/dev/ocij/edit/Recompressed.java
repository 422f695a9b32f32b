package dev.ocij.edit;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.LayerType;
import dev.ocij.image.Piped;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.io.InputStream;

/// A layer that gets another compression while it is read.
final class Recompressed {
  private Recompressed() {}

  /// The blob with this compression; the same one where it has it, or is not a layer.
  ///
  /// @throws OciException where it would get it, and there is no such level
  static Blob of(Blob blob, Compression wanted, int level) {
    var type = LayerType.of(blob.mediaType());
    if (type == null || type.compression() == wanted || blob.mediaType().isForeignLayer()) {
      return blob;
    }
    var origin = blob.origin();
    if (origin != null && isCompressed(origin, wanted)) {
      return origin;
    }
    wanted.requireLevel(level);
    var format = type.docker() && wanted == Compression.ZSTD ? type.inDocker(false) : type;
    return new Blob.Fresh(
        format.as(wanted).mediaType(), origin, () -> recompress(blob, wanted, level));
  }

  private static boolean isCompressed(Blob blob, Compression wanted) {
    var type = LayerType.of(blob.mediaType());
    return type != null && type.compression() == wanted;
  }

  private static InputStream recompress(Blob blob, Compression wanted, int level)
      throws IOException {
    if (wanted == Compression.NONE) {
      return Compression.decompressAny(blob.open());
    }
    return Piped.from(out -> {
      try (var plain = Compression.decompressAny(blob.open());
          var compressed = wanted.compress(out, level)) {
        plain.transferTo(compressed);
      }
    });
  }
}
