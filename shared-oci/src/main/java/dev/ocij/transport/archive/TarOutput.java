package dev.ocij.transport.archive;

import dev.ocij.image.Blob;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.PendingFile;
import dev.ocij.transport.ParentFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.jspecify.annotations.Nullable;

/// An archive in the making, the same bytes for the same entries: no times, no owners.
///
/// The header of a blob is written after its content, when its digest is known, so that nothing is
/// held in memory or stored twice. Entries are written one after another, whatever the threads.
final class TarOutput implements Closeable {
  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;

  private final Ending ending;
  private final int mode;
  private final PendingFile file;

  private TarOutput(Ending ending, int mode, PendingFile file) {
    this.ending = ending;
    this.mode = mode;
    this.file = file;
  }

  /// What becomes of a finished archive.
  private interface Ending {
    void take(PendingFile file) throws IOException;
  }

  /// @param target replaced when finished, links followed; a pipe gets the archive then
  /// @param mode of all files
  /// @param temporary the directory to write in where the target is a pipe
  static TarOutput open(Path target, int mode, Path temporary) throws IOException {
    if (OpenFile.isNamedBy(target)) {
      return to((archive, _) -> OpenFile.write(archive, target), mode, temporary);
    }
    ParentFolder.require(target, Quoted.escape(target.toString()));
    var file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    var directory = file.getParent();
    if (directory == null || Files.isDirectory(file)) {
      throw new OciException(
          OciException.Category.USAGE,
          "write %s: it is a directory".formatted(Quoted.escape(target.toString())));
    }
    return new TarOutput(
        finished -> {
          finished.moveTo(file);
          PendingFile.syncDirectory(directory);
        },
        mode,
        PendingFile.in(directory));
  }

  /// An archive that somebody gets when it is finished.
  static TarOutput to(ArchiveReceiver receiver, int mode, Path temporary) throws IOException {
    return new TarOutput(file -> give(file, receiver), mode, PendingFile.unnamed(temporary));
  }

  /// Appends a blob, verified; after a failure it is as if nothing had been appended.
  ///
  /// @param name of its file, once its digest is known; null for one that the archive has already
  synchronized Descriptor append(Blob blob, Function<Descriptor, @Nullable String> name)
      throws IOException {
    long start = channel().position();
    boolean whole = false;
    try {
      channel().write(ByteBuffer.allocate(BLOCK));
      var descriptor = file.append(blob);
      var named = name.apply(descriptor);
      if (named != null) {
        pad();
        writeHeader(file(named, descriptor.size()), start);
        whole = true;
      }
      return descriptor;
    } finally {
      if (!whole) {
        channel().truncate(start).position(start);
      }
    }
  }

  synchronized void append(String name, byte[] content) throws IOException {
    writeHeader(file(name, content.length), channel().position());
    channel().position(channel().position() + BLOCK);
    channel().write(ByteBuffer.wrap(content));
    pad();
  }

  synchronized void appendDirectory(String name) throws IOException {
    var folder = new TarArchiveEntry(name + "/", TarConstants.LF_DIR);
    folder.setMode(0755);
    writeHeader(normal(folder), channel().position());
    channel().position(channel().position() + BLOCK);
  }

  synchronized void appendLink(String name, String to) throws IOException {
    var link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    link.setLinkName(to);
    link.setMode(0);
    writeHeader(normal(link), channel().position());
    channel().position(channel().position() + BLOCK);
  }

  /// Ends the archive and gives it its name, on disk when this returns, or to who gets it.
  synchronized void finish() throws IOException {
    channel().write(ByteBuffer.allocate(2 * BLOCK));
    ending.take(file);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static void give(PendingFile file, ArchiveReceiver receiver) throws IOException {
    long size = file.channel().position();
    file.channel().position(0);
    receiver.take(Channels.newInputStream(file.channel()), size);
  }

  private FileChannel channel() {
    return file.channel();
  }

  private TarArchiveEntry file(String name, long size) {
    var entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
    entry.setSize(size);
    entry.setMode(mode);
    return normal(entry);
  }

  private static TarArchiveEntry normal(TarArchiveEntry entry) {
    if (entry.getName().length() > LONGEST_NAME) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "write archive: blobs with SHA-512 digests are not implemented yet");
    }
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    return entry;
  }

  private void writeHeader(TarArchiveEntry entry, long position) throws IOException {
    var header = new byte[BLOCK];
    entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("US-ASCII"), true);
    channel().write(ByteBuffer.wrap(header), position);
  }

  private void pad() throws IOException {
    int over = (int) (channel().position() % BLOCK);
    if (over > 0) {
      channel().write(ByteBuffer.allocate(BLOCK - over));
    }
  }
}
