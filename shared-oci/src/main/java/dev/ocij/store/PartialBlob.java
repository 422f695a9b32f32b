package dev.ocij.store;

import dev.ocij.image.Blob;
import dev.ocij.image.CorruptBlobException;
import dev.ocij.image.FileSlice;
import dev.ocij.image.VerifiedInputStream;
import dev.ocij.spec.Descriptor;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A large blob on its way into a [BlobStore], in a file that outlives a process that is killed:
/// the next attempt goes on where that one stopped. One writer has it at a time.
final class PartialBlob implements Closeable {
  /// What is smaller is soon sent again.
  static final long SMALLEST = 1 << 20;

  private static final String PREFIX = ".partial-";

  /// As much as a socket gives at once.
  private static final int BUFFER = 1 << 17;

  /// Closing any descriptor of a file would end this process's lock on it.
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final Descriptor descriptor;
  private final FileChannel channel;

  private PartialBlob(Path path, Descriptor descriptor, FileChannel channel) {
    this.path = path;
    this.descriptor = descriptor;
    this.channel = channel;
  }

  /// The blob's file in a store, with what came of it before; empty while another writes it.
  static Optional<PartialBlob> claim(Path store, Descriptor descriptor) throws IOException {
    var digest = descriptor.digest();
    var name = PREFIX + digest.algorithm().prefix() + "-" + digest.hex();
    var path = store.toRealPath().resolve(name);
    if (!CLAIMED.add(path)) {
      return Optional.empty();
    }
    var channel = locked(path);
    if (channel.isEmpty()) {
      CLAIMED.remove(path);
    }
    return channel.map(opened -> new PartialBlob(path, descriptor, opened));
  }

  /// Brings what is missing. The file is kept after a failure, unless its bytes are wrong.
  void complete(Blob.Known blob) throws IOException {
    long known = Math.min(channel.size(), descriptor.size());
    channel.position(known);
    try (var content = content(blob, known)) {
      content.skipNBytes(known);
      append(content);
    } catch (CorruptBlobException e) {
      channel.truncate(0);
      throw e;
    }
    channel.truncate(descriptor.size());
  }

  /// Gives the file its name, whole and on disk.
  void moveTo(Path target) throws IOException {
    channel.force(true);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (channel.size() == 0) {
        Files.deleteIfExists(path);
      }
    } finally {
      CLAIMED.remove(path);
    }
  }

  /// Removes the files that nobody has written to since `limit`.
  static void sweep(Path store, Instant limit) throws IOException {
    PendingFile.sweep(store, PREFIX + "*", limit);
  }

  /// The bytes that are here, then those that are not; verified as one.
  private InputStream content(Blob.Known blob, long known) throws IOException {
    var here = new FileSlice(channel, 0, known);
    var missing =
        known == descriptor.size() ? InputStream.nullInputStream() : blob.opener().open(known);
    return new VerifiedInputStream(new SequenceInputStream(here, missing), descriptor);
  }

  private void append(InputStream content) throws IOException {
    var buffer = new byte[BUFFER];
    for (int read = content.readNBytes(buffer, 0, BUFFER);
        read > 0;
        read = content.readNBytes(buffer, 0, BUFFER)) {
      for (var rest = ByteBuffer.wrap(buffer, 0, read); rest.hasRemaining(); ) {
        channel.write(rest);
      }
    }
  }

  private static Optional<FileChannel> locked(Path path) throws IOException {
    var opened =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      // Another may have finished it, and given it its name, before the lock was ours.
      locked = opened.tryLock() != null && Files.exists(path);
    } catch (OverlappingFileLockException _) {
      locked = false;
    } finally {
      if (!locked) {
        opened.close();
      }
    }
    return locked ? Optional.of(opened) : Optional.empty();
  }
}
