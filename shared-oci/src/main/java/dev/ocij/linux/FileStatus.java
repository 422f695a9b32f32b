package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.time.Instant;

/// What statx(2) says about a name, no link followed.
///
/// @param kind the file type bits, `S_IFMT`
/// @param mode permission bits with setuid, setgid and sticky
/// @param ctime when content or attributes last changed; nobody can set it
/// @param born when it was made; the epoch where the file system does not know
/// @param device of the file system, with `inode` the identity of the file
public record FileStatus(
    int kind,
    int mode,
    long uid,
    long gid,
    long size,
    Instant mtime,
    Instant ctime,
    Instant born,
    long links,
    long inode,
    long device,
    int rdevMajor,
    int rdevMinor) {
  public static final int FIFO = 0010000;
  public static final int CHARACTER = 0020000;
  public static final int DIRECTORY = 0040000;
  public static final int BLOCK = 0060000;
  public static final int FILE = 0100000;
  public static final int SYMLINK = 0120000;
  public static final int SOCKET = 0140000;

  static final long STRUCTURE_SIZE = 256;

  private static final int KIND_MASK = 0170000;

  static FileStatus of(MemorySegment statx) {
    int mode = Short.toUnsignedInt(statx.get(JAVA_SHORT, 28));
    return new FileStatus(
        mode & KIND_MASK,
        mode & ~KIND_MASK,
        unsigned(statx, 20),
        unsigned(statx, 24),
        statx.get(JAVA_LONG, 40),
        time(statx, 112),
        time(statx, 96),
        time(statx, 80),
        unsigned(statx, 16),
        statx.get(JAVA_LONG, 32),
        unsigned(statx, 136) << 32 | unsigned(statx, 140),
        statx.get(JAVA_INT, 128),
        statx.get(JAVA_INT, 132));
  }

  public boolean isDirectory() {
    return kind == DIRECTORY;
  }

  public boolean isFile() {
    return kind == FILE;
  }

  /// Whether an overlay takes this for a removed name.
  public boolean isOverlayWhiteout() {
    return kind == CHARACTER && rdevMajor == 0 && rdevMinor == 0;
  }

  private static Instant time(MemorySegment statx, long offset) {
    return Instant.ofEpochSecond(statx.get(JAVA_LONG, offset), statx.get(JAVA_INT, offset + 8));
  }

  private static long unsigned(MemorySegment statx, long offset) {
    return Integer.toUnsignedLong(statx.get(JAVA_INT, offset));
  }
}
