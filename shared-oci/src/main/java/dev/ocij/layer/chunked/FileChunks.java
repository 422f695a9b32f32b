package dev.ocij.layer.chunked;

import dev.ocij.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// The content of one file on its way into frames.
final class FileChunks {
  private final byte[] buffer = new byte[Cuts.LARGEST];
  private final Frames frames;

  FileChunks(Frames frames) {
    this.frames = frames;
  }

  /// Writes the content of a file, and says what the table of contents has of it.
  ///
  /// @param crc learns the content
  List<TocEntry> write(TocEntry file, InputStream content, Crc64 crc) throws IOException {
    var whole = Digest.Algorithm.SHA256.newHash();
    var chunks = new ArrayList<TocEntry>();
    int filled = content.readNBytes(buffer, 0, buffer.length);
    for (long at = 0; filled > 0; ) {
      int length = Cuts.next(buffer, filled);
      whole.update(buffer, 0, length);
      crc.update(buffer, 0, length);
      chunks.add(file.chunk(frames.position(), length, at, digest(buffer, length)));
      frames.write(buffer, length);
      at += length;
      System.arraycopy(buffer, length, buffer, 0, filled - length);
      filled -= length;
      filled += content.readNBytes(buffer, filled, buffer.length - filled);
    }
    var first = chunks.getFirst();
    chunks.set(0, file.withContent(digest(whole), frames.position(), first, chunks.size() > 1));
    return chunks;
  }

  private static String digest(byte[] bytes, int length) {
    var hash = Digest.Algorithm.SHA256.newHash();
    hash.update(bytes, 0, length);
    return digest(hash);
  }

  private static String digest(MessageDigest hash) {
    return Digest.from(Digest.Algorithm.SHA256, hash.digest()).toString();
  }
}
