package dev.ocij.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// A tar being written, entry by entry, without anything that would differ the next time: times and
/// owners are 0.
public final class TarText {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

  public TarText() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /// `name` ends with `/`.
  public TarText directory(String name, int mode) throws IOException {
    return put(entry(new TarArchiveEntry(name), mode), new byte[0]);
  }

  public TarText file(String name, int mode, byte[] content) throws IOException {
    var entry = entry(new TarArchiveEntry(name), mode);
    entry.setSize(content.length);
    return put(entry, content);
  }

  /// A symbolic link.
  public TarText link(String name, String target) throws IOException {
    var entry = entry(new TarArchiveEntry(name, TarConstants.LF_SYMLINK), 0777);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  /// The finished archive; nothing can be added after this.
  public byte[] bytes() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }

  private static TarArchiveEntry entry(TarArchiveEntry entry, int mode) {
    entry.setMode(mode);
    entry.setModTime(0);
    entry.setIds(0, 0);
    return entry;
  }

  private TarText put(TarArchiveEntry entry, byte[] content) throws IOException {
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }
}
