package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An open directory. Everything is done to names *in* it, single components, and no link is ever
/// followed: whoever swaps a directory for a link meanwhile gains nothing.
///
/// Names are as in [RawName]. Not safe for use by several threads at once.
public final class Directory implements AutoCloseable {
  private static final int O_WRONLY = 1;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_NONBLOCK = 04000;
  private static final int O_DIRECTORY = OpenFlags.DIRECTORY;
  private static final int O_NOFOLLOW = OpenFlags.NO_FOLLOW;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int STATX_BASIC_STATS_AND_BIRTH = 0xfff;
  private static final int PATH_MAX = 4096;

  private final int fd;

  private Directory(int fd) {
    this.fd = fd;
  }

  /// Opens a directory by its path, links followed: the path is the caller's own.
  public static Directory open(Path path) throws IOException {
    return new Directory(
        OpenCalls.at(OpenCalls.CURRENT_DIRECTORY, path.toString(), O_DIRECTORY, 0));
  }

  /// Opens a directory below another that is not the caller's own: links are followed inside it and
  /// never lead out, however they are swapped meanwhile.
  ///
  /// @param path from that root
  /// @throws SystemCallException of `ENOENT` or `ENOTDIR` where there is none
  public static Directory inRoot(Path root, String path) throws IOException {
    return new Directory(OpenCalls.directoryInRoot(root, path));
  }

  /// Opens a file for reading, as [#inRoot] opens directories.
  public static OpenFile openFileInRoot(Path root, String path) throws IOException {
    return new OpenFile(OpenCalls.fileInRoot(root, path), path);
  }

  /// Opens a file for reading in one call, where no link is on the way to it or stands there.
  ///
  /// @param path below the root
  /// @throws SystemCallException where one is, or the kernel knows no such call
  public static OpenFile openFileWithoutLinks(Path root, String path) throws IOException {
    var whole = root + "/" + path;
    return new OpenFile(OpenCalls.fileWithoutLinks(whole), whole);
  }

  /// This directory as a path, for as long as it is open.
  public Path path() {
    return Path.of("/proc/self/fd/" + fd);
  }

  /// Opens a directory in this one.
  ///
  /// @throws SystemCallException of `ENOTDIR` or `ELOOP` where something else has the name
  public Directory openDirectory(String name) throws IOException {
    return new Directory(OpenCalls.at(fd, name, O_DIRECTORY | O_NOFOLLOW, 0));
  }

  /// Opens a file for reading.
  public OpenFile openFile(String name) throws IOException {
    return new OpenFile(OpenCalls.at(fd, name, O_NOFOLLOW | O_NONBLOCK, 0), name);
  }

  /// Makes a new file, for its owner only, to be written.
  ///
  /// @throws SystemCallException of `EEXIST` where the name is taken
  public OpenFile createFile(String name) throws IOException {
    return new OpenFile(
        OpenCalls.at(fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600), name);
  }

  /// Makes a directory for its owner only.
  public void createDirectory(String name) throws IOException {
    Libc.MKDIR.call(name, (at, _) -> Libc.words(fd, at, 0700));
  }

  public void createSymlink(String name, String target) throws IOException {
    Libc.SYMLINK.call(name, (at, arena) -> Libc.words(Libc.text(arena, target), fd, at));
  }

  /// Gives a file of another directory a name in this one.
  public void createLink(String name, Directory from, String fromName) throws IOException {
    Libc.LINK.call(name, (at, arena) -> Libc.words(from.fd, Libc.text(arena, fromName), fd, at, 0));
  }

  /// Makes a FIFO or device for its owner only.
  ///
  /// @param kind as [FileStatus#kind()]
  public void createNode(String name, int kind, int major, int minor) throws IOException {
    long device = deviceNumber(major, minor);
    Libc.MKNOD.call(name, (at, _) -> Libc.words(fd, at, kind | 0600, device));
  }

  /// What has this name, if anything has.
  public Optional<FileStatus> status(String name) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var statx = arena.allocate(FileStatus.STRUCTURE_SIZE, Long.BYTES);
      Libc.STAT.call(
          name,
          (at, _) ->
              Libc.words(
                  fd, at, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS_AND_BIRTH, statx.address()));
      return Optional.of(FileStatus.of(statx));
    } catch (SystemCallException e) {
      if (e.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  public String readSymlink(String name) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var target = arena.allocate(PATH_MAX);
      long length =
          Libc.READLINK.call(name, (at, _) -> Libc.words(fd, at, target.address(), PATH_MAX));
      return RawName.decode(target.asSlice(0, length).toArray(JAVA_BYTE));
    }
  }

  public void setOwner(String name, long uid, long gid) throws IOException {
    Libc.CHOWN.call(name, (at, _) -> Libc.words(fd, at, uid, gid, AT_SYMLINK_NOFOLLOW));
  }

  /// @param mode permission bits with setuid, setgid and sticky; a link has none to set
  public void setMode(String name, int mode) throws IOException {
    Libc.CHMOD.call(name, (at, _) -> Libc.words(fd, at, mode, AT_SYMLINK_NOFOLLOW));
  }

  /// Sets the times of access and change of content to the same.
  public void setMtime(String name, Instant mtime) throws IOException {
    Libc.UTIMENS.call(
        name,
        (at, arena) -> {
          long seconds = mtime.getEpochSecond();
          long nanos = mtime.getNano();
          var times = arena.allocateFrom(JAVA_LONG, seconds, nanos, seconds, nanos);
          return Libc.words(fd, at, times.address(), AT_SYMLINK_NOFOLLOW);
        });
  }

  /// @throws SystemCallException of `EPERM` or `EOPNOTSUPP` where the file system or the kernel
  ///   does not allow this attribute here
  public void setXattr(String name, String key, byte[] value) throws IOException {
    xattrsOf(name).set(key, value);
  }

  /// The extended attributes of what has this name; none where the file system has none.
  public Map<String, byte[]> xattrs(String name) throws IOException {
    return xattrsOf(name).all();
  }

  /// The names in this directory, sorted.
  public List<String> list() throws IOException {
    try (var copy = new Directory(OpenCalls.at(fd, ".", O_DIRECTORY, 0))) {
      return DirectoryEntries.names(copy.fd);
    }
  }

  /// Removes a name with all it holds; nothing happens where there is none, or where others remove
  /// it at the same time.
  public void deleteTree(String name) throws IOException {
    try {
      if (!unlinked(name)) {
        empty(name);
        unlink(name, AT_REMOVEDIR);
      }
    } catch (SystemCallException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  /// Whether the name was none of a directory; it is gone then.
  private boolean unlinked(String name) throws IOException {
    try {
      unlink(name, 0);
      return true;
    } catch (SystemCallException e) {
      if (!e.is(Errno.EISDIR)) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }

  private void empty(String name) throws IOException {
    try (var directory = openDirectory(name)) {
      for (var child : DirectoryEntries.names(directory.fd)) {
        directory.deleteTree(child);
      }
    } catch (SystemCallException e) {
      if (!e.is(Errno.EACCES)) {
        throw e;
      }
      setMode(name, 0700);
      empty(name);
    }
  }

  private void unlink(String name, int flags) throws IOException {
    Libc.REMOVE.call(name, (at, _) -> Libc.words(fd, at, flags));
  }

  /// There are no functions for attributes of names in a directory before Linux 6.13; this path
  /// leads through the handle, and only its last component is looked up.
  private ExtendedAttributes xattrsOf(String name) {
    return new ExtendedAttributes("/proc/self/fd/" + fd + "/" + name);
  }

  /// As `makedev` of glibc.
  private static long deviceNumber(long major, long minor) {
    return (minor & 0xff)
        | ((major & 0xfff) << 8)
        | ((minor & ~0xffL) << 12)
        | ((major & ~0xfffL) << 32);
  }
}
