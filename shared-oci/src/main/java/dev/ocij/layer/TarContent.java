package dev.ocij.layer;

import dev.ocij.image.Blob;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Where the bytes of a plain layer tar are read from.
@FunctionalInterface
public interface TarContent {
  /// Of a layer without any.
  TarContent NONE =
      offset -> {
        throw new EOFException("there is no content");
      };

  /// The tar from this byte on; the caller closes it.
  InputStream openAt(long offset) throws IOException;

  /// A plain tar in a file, read directly at each place.
  static TarContent of(Path tar) {
    return offset -> {
      var channel = FileChannel.open(tar);
      return Channels.newInputStream(channel.position(offset));
    };
  }

  /// A tar that can only be read from its start, as where it is compressed; kept in `directory`, in
  /// a file without a name, from the first content that is asked for.
  static TarContent spooled(Blob.Opener plain, Path directory) {
    return new SpooledTar(plain, directory);
  }

  /// A tar in which a stream can skip at no cost, as in memory or in a file.
  static TarContent of(Blob.Opener plain) {
    return offset -> {
      var tar = plain.open();
      try {
        tar.skipNBytes(offset);
        return tar;
      } catch (IOException | RuntimeException e) {
        tar.close();
        throw e;
      }
    };
  }
}
