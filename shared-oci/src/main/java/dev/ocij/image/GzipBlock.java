package dev.ocij.image;

import java.util.Arrays;
import java.util.zip.Deflater;

/// A piece of content that is compressed by itself, to deflate blocks (RFC 1951) that end on a
/// byte: such pieces one behind the other are one deflate stream, but for its last block.
///
/// What stands before a piece serves as its dictionary, so that cutting costs next to nothing.
final class GzipBlock {
  /// As far as deflate can look back.
  private static final int WINDOW = 1 << 15;

  private final byte[] dictionary;
  private final byte[] content;
  private int length;

  private GzipBlock(byte[] dictionary, int size) {
    this.dictionary = dictionary;
    this.content = new byte[size];
  }

  static GzipBlock first(int size) {
    return new GzipBlock(new byte[0], size);
  }

  /// The block behind this one, which is full.
  GzipBlock next() {
    int from = Math.max(0, length - WINDOW);
    return new GzipBlock(Arrays.copyOfRange(content, from, length), content.length);
  }

  /// Takes as much as there is room for.
  ///
  /// @return how many bytes it took
  int fill(byte[] from, int offset, int count) {
    int taken = Math.min(count, content.length - length);
    System.arraycopy(from, offset, content, length, taken);
    length += taken;
    return taken;
  }

  boolean isFull() {
    return length == content.length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /// The deflate blocks.
  byte[] compress(int level) {
    var deflater = new Deflater(level, true);
    try {
      deflater.setDictionary(dictionary);
      deflater.setInput(content, 0, length);
      return flushed(deflater);
    } finally {
      deflater.end();
    }
  }

  /// The flush is complete once it leaves room.
  private byte[] flushed(Deflater deflater) {
    var compressed = new byte[length / 2 + 64];
    int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
    while (size == compressed.length) {
      compressed = Arrays.copyOf(compressed, 2 * size);
      size += deflater.deflate(compressed, size, compressed.length - size, Deflater.SYNC_FLUSH);
    }
    return Arrays.copyOf(compressed, size);
  }
}
