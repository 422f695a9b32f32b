package dev.ocij.layer;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Writes a layer tar whose bytes depend on the entries and their order alone: numeric owners, no
/// names, PAX records only where `ustar` cannot say it.
///
/// Entries are written in the order given, parents before what they hold; see [EntryOrder]. Closing
/// ends the archive and closes the stream underneath; an archive that was not closed has no end.
public final class LayerWriter implements AutoCloseable {
  private static final byte[] ZEROS = new byte[2 * TarHeader.BLOCK];
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];

  public LayerWriter(OutputStream out) {
    this.out = out;
  }

  /// Writes an entry without content.
  public void write(Entry entry) throws IOException {
    write(entry, InputStream.nullInputStream());
  }

  /// Writes a file; its content is read but not closed.
  ///
  /// @throws OciException where the content has not the size that the entry says
  public void write(Entry entry, InputStream content) throws IOException {
    var records = TarHeader.records(entry);
    if (!records.isEmpty()) {
      var bytes = records.toBytes();
      out.write(TarHeader.ofRecords(bytes.length));
      out.write(bytes);
      pad(bytes.length);
    }
    out.write(TarHeader.of(entry));
    copy(entry, content);
    pad(entry.size());
  }

  private void copy(Entry entry, InputStream content) throws IOException {
    long left = entry.size();
    while (left > 0) {
      int read = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw changed(entry, "%d bytes are missing".formatted(left));
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    if (entry.isFile() && content.read() >= 0) {
      throw changed(entry, "there is more");
    }
  }

  private static OciException changed(Entry entry, String found) {
    return new OciException(
        OciException.Category.IO,
        "write layer: %s: expected %d bytes, but %s; it changed while it was read"
            .formatted(Quoted.of(entry.path()), entry.size(), found));
  }

  private void pad(long length) throws IOException {
    out.write(ZEROS, 0, Math.floorMod(-length, TarHeader.BLOCK));
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write(ZEROS);
    }
  }
}
