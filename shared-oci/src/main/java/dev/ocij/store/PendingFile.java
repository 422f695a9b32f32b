package dev.ocij.store;

import dev.ocij.image.Blob;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Reason;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// A file in the making: it has a name that no reader looks for until [#moveTo] gives it its own,
/// whole and on disk. Closing it before removes it.
public final class PendingFile implements Closeable {
  private static final String PREFIX = ".tmp-";
  private static final Pattern NAME =
      Pattern.compile("\\.tmp-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int BUFFER = 1 << 16;
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final FileAttribute<?> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final FileChannel channel;

  private PendingFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// A new empty file in this directory; a signal that ends this process removes it.
  public static PendingFile in(Path directory) throws IOException {
    var path = directory.resolve(PREFIX + UUID.randomUUID());
    var file = new PendingFile(path, FileChannel.open(path, NEW));
    Unfinished.add(file);
    return file;
  }

  /// A new empty file that never gets a name: nobody else may read it, and it goes with this
  /// process, however that ends.
  ///
  /// @param directory on the disk that it takes its room from
  public static PendingFile unnamed(Path directory) throws IOException {
    var path = directory.resolve(PREFIX + UUID.randomUUID());
    var file = new PendingFile(path, FileChannel.open(path, NEW, FOR_OWNER));
    Files.delete(path);
    return file;
  }

  /// Writes a file in place of what has its name, whole and on disk when this returns.
  public static void write(Path directory, String name, byte[] content) throws IOException {
    try (var file = in(directory)) {
      file.append(new ByteArrayInputStream(content));
      file.moveTo(directory.resolve(name));
    }
    syncDirectory(directory);
  }

  /// Where to write; not to be closed.
  public FileChannel channel() {
    return channel;
  }

  /// Appends the content of a blob, verified.
  ///
  /// @return its own descriptor, or for a fresh blob the one it got by SHA-256
  public Descriptor append(Blob blob) throws IOException {
    try (var content = blob.open()) {
      if (blob instanceof Blob.Known(var known, _)) {
        append(content);
        return known;
      }
      var hashed = new DigestInputStream(content, Digest.Algorithm.SHA256.newHash());
      long size = append(hashed);
      var digest = Digest.from(Digest.Algorithm.SHA256, hashed.getMessageDigest().digest());
      return Descriptor.of(blob.mediaType(), digest, size);
    }
  }

  /// Appends a stream and returns its length. A network delivers it in small pieces; a file takes
  /// it in large ones.
  public long append(InputStream content) throws IOException {
    OutputStream out = Channels.newOutputStream(channel);
    var buffer = new byte[BUFFER];
    long length = 0;
    for (int read = content.readNBytes(buffer, 0, BUFFER);
        read > 0;
        read = content.readNBytes(buffer, 0, BUFFER)) {
      write(out, buffer, read);
      length += read;
    }
    return length;
  }

  /// The system tells neither that it was writing nor where.
  private void write(OutputStream out, byte[] buffer, int length) throws IOException {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new IOException("write in %s: %s".formatted(path.getParent(), Reason.of(e)), e);
    }
  }

  /// Gives the file its name, in place of what had it. The directory is not synchronised yet.
  public void moveTo(Path target) throws IOException {
    channel.force(true);
    nameOnly(target);
  }

  /// As [#moveTo], but nothing waits for the disk: of what a reader checks and can do without.
  void nameOnly(Path target) throws IOException {
    channel.close();
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Unfinished.remove(this);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
    Unfinished.remove(this);
  }

  /// Makes the names in a directory survive a power cut.
  public static void syncDirectory(Path directory) throws IOException {
    try (var opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  /// Whether a file of this name is one in the making, or was left by a writer who died.
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// Removes the files that writers who died before `limit` left in a directory.
  static void sweep(Path directory, Instant limit) throws IOException {
    sweep(directory, PREFIX + "*", limit);
  }

  static void sweep(Path directory, String names, Instant limit) throws IOException {
    try (var leftovers = Files.newDirectoryStream(directory, names)) {
      for (var file : leftovers) {
        if (changed(file).toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      return; // nothing was ever written here
    }
  }

  private static FileTime changed(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return FileTime.from(Instant.MAX); // its writer has just finished
    }
  }
}
