package dev.ocij.store;

import dev.ocij.image.CorruptBlobException;
import dev.ocij.image.VerifiedInputStream;
import dev.ocij.spec.Descriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/// Whether a file has the bytes of a descriptor, without reading them each time.
///
/// A file that was verified gets a seal: the nanoseconds of its time of change tell its digest.
/// Whoever writes to the file later breaks the seal without knowing, and then the bytes are read
/// again. Where a file system keeps no nanoseconds they are read always.
public final class WholeFile {
  private static final TimeUnit UNIT = TimeUnit.NANOSECONDS;
  private static final long NANOS = 1_000_000_000;
  private static final int DIGITS = 8;
  private static final int HEX = 16;

  private WholeFile() {}

  /// Whether this is a regular file with these bytes.
  public static boolean is(Path file, Descriptor descriptor) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) != descriptor.size()) {
      return false;
    }
    if (isSealed(file, descriptor)) {
      return true;
    }
    if (!hasBytes(file, descriptor)) {
      return false;
    }
    seal(file, descriptor);
    return true;
  }

  /// Marks a file whose bytes were just verified.
  public static void seal(Path file, Descriptor descriptor) {
    try {
      long now = changed(file);
      Files.setLastModifiedTime(file, FileTime.from(now - now % NANOS + mark(descriptor), UNIT));
    } catch (IOException _) {
      return; // without a seal the bytes are read again, no more
    }
  }

  private static boolean isSealed(Path file, Descriptor descriptor) throws IOException {
    return changed(file) % NANOS == mark(descriptor);
  }

  private static boolean hasBytes(Path file, Descriptor descriptor) throws IOException {
    try (var in =
        new VerifiedInputStream(
            Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
            descriptor)) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (CorruptBlobException _) {
      return false;
    }
  }

  private static long changed(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .lastModifiedTime()
        .to(UNIT);
  }

  private static long mark(Descriptor descriptor) {
    return Long.parseLong(descriptor.digest().hex().substring(0, DIGITS), HEX) % NANOS;
  }
}
