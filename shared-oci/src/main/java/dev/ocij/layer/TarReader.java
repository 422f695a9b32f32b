package dev.ocij.layer;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a plain tar from front to back: `ustar`, PAX and GNU alike, and nothing that two readers
/// could understand differently.
///
/// Entries come as they are written, whiteouts among them. Commons Compress takes a header block
/// apart; the records before it are read here, because it would decode extended attributes as text.
public final class TarReader {
  /// What one long name or set of records may take: as much as Go's reader allows.
  private static final int LARGEST_SPECIAL = 1 << 20;

  private static final int BUFFER = 1 << 16;

  private final InputStream tar;
  private final boolean skips;
  private final byte[] passed = new byte[BUFFER];
  private final byte[] block = new byte[TarHeader.BLOCK];
  private long position;
  private long contentSize;
  private long contentEnd;
  private long nextHeader;
  private @Nullable Supplier<Written> written;

  /// @param tar not compressed; never closed here
  public TarReader(InputStream tar) {
    this(tar, false);
  }

  private TarReader(InputStream tar, boolean skips) {
    this.tar = tar;
    this.skips = skips;
  }

  /// A reader that passes over content without reading it.
  ///
  /// @param tar skips at no cost, and not beyond its end
  static TarReader skipping(InputStream tar) {
    return new TarReader(tar, true);
  }

  /// The next entry, or null at the end of the archive, when the stream has been read to its end.
  ///
  /// @throws OciException where the archive is malformed
  public @Nullable Entry next() throws IOException {
    var special = new TarSpecials();
    while (true) {
      passTo(nextHeader);
      if (!readBlock()) {
        return end();
      }
      var header = TarBlock.parse(block, position);
      if (!header.isSpecial()) {
        return entry(header, special);
      }
      special.add(header, readSpecial(header));
    }
  }

  /// Where the content of the current entry begins.
  public long offset() {
    return contentEnd - contentSize;
  }

  /// The content of the current file, until the next entry is asked for.
  public InputStream content() {
    return new Content();
  }

  /// What is written of the current entry beside itself.
  ///
  /// @throws OciException where a time is no time
  public Written written() {
    if (written == null) {
      throw new IllegalStateException("no entry was asked for");
    }
    return written.get();
  }

  private Entry entry(TarBlock header, TarSpecials special) throws IOException {
    var entry = special.complete(header);
    written = () -> special.written(header);
    expectContent(entry.size(), entry.path());
    return entry;
  }

  private byte[] readSpecial(TarBlock header) throws IOException {
    if (header.size() > LARGEST_SPECIAL) {
      throw malformed("a long name or its records take %d bytes".formatted(header.size()));
    }
    expectContent(header.size(), "");
    return content().readAllBytes();
  }

  private void expectContent(long size, String path) {
    if (size > Long.MAX_VALUE - position - TarHeader.BLOCK) {
      throw malformed("%s claims %d bytes".formatted(Quoted.of(path), size));
    }
    contentSize = size;
    contentEnd = position + size;
    nextHeader = contentEnd + Math.floorMod(-size, TarHeader.BLOCK);
  }

  /// Whether there is a block that is not of zeros.
  private boolean readBlock() throws IOException {
    int read = tar.readNBytes(block, 0, block.length);
    position += read;
    if (read != 0 && read != block.length) {
      throw malformed("it ends inside a header");
    }
    return read != 0 && !isZero();
  }

  /// A zero block ends the archive, and nothing but another may follow it there. What stands behind
  /// is read, for it counts in the digest, and ignored, as all readers do.
  private @Nullable Entry end() throws IOException {
    if (readBlock()) {
      throw malformed("an entry follows the end");
    }
    long more = tar.transferTo(OutputStream.nullOutputStream());
    position += more;
    nextHeader = position;
    return null;
  }

  private boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /// Some writers leave out all that follows the last content, its padding too, and all readers
  /// take that for the end.
  private void passTo(long wanted) throws IOException {
    if (skips && position < contentEnd) {
      skipTo(contentEnd);
    }
    while (position < wanted) {
      int read = tar.read(passed, 0, (int) Math.min(passed.length, wanted - position));
      if (read < 0) {
        passEnd();
        return;
      }
      position += read;
    }
  }

  private void passEnd() {
    if (position < contentEnd) {
      throw truncated(contentEnd);
    }
    nextHeader = position;
  }

  private void skipTo(long wanted) throws IOException {
    try {
      tar.skipNBytes(wanted - position);
      position = wanted;
    } catch (EOFException _) {
      throw truncated(wanted);
    }
  }

  private OciException truncated(long wanted) {
    return malformed("it ends %d bytes before its content does".formatted(wanted - position));
  }

  private OciException malformed(String found) {
    return new OciException(
        OciException.Category.INVALID, "read tar: %s, at byte %d".formatted(found, position));
  }

  private final class Content extends InputStream {
    private final long end = contentEnd;

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (position >= end) {
        return length == 0 ? 0 : -1;
      }
      int read = tar.read(buffer, offset, (int) Math.min(length, end - position));
      if (read < 0) {
        throw truncated(end);
      }
      position += read;
      return read;
    }
  }
}
