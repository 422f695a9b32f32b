package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An open directory. Everything is done to names *in* it, single components, and no link is ever
/// followed: whoever swaps a directory for a link meanwhile gains nothing.
///
/// Names are as in [RawName]. Not safe for use by several threads at once.
public final class Directory implements AutoCloseable {
  private static final int O_WRONLY = 1;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_DIRECTORY = OpenFlags.DIRECTORY;
  private static final int O_NOFOLLOW = OpenFlags.NO_FOLLOW;
  private static final int AT_FDCWD = -100;
  private static final int MOST_RACES = 1000;
  private static final long RESOLVE_IN_ROOT_WITHOUT_MAGIC = 0x12;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int STATX_BASIC_STATS_AND_BIRTH = 0xfff;
  private static final int PATH_MAX = 4096;
  private static final long DIRENT_LENGTH = 16;
  private static final long DIRENT_NAME = 19;

  private final int fd;

  private Directory(int fd) {
    this.fd = fd;
  }

  /// Opens a directory by its path, links followed: the path is the caller's own.
  public static Directory open(Path path) throws IOException {
    return new Directory(openAt(AT_FDCWD, path.toString(), O_DIRECTORY, 0));
  }

  /// Opens a directory below another that is not the caller's own: links are followed inside it and
  /// never lead out, however they are swapped meanwhile.
  ///
  /// @param path from that root
  /// @throws SystemCallException of `ENOENT` or `ENOTDIR` where there is none
  public static Directory inRoot(Path root, String path) throws IOException {
    var syscalls = new LinuxSyscalls();
    int start = openAt(AT_FDCWD, root.toString(), OpenFlags.PATH | O_DIRECTORY, 0);
    try {
      var how = ByteBuffer.allocate(3 * Operand.WORD).order(ByteOrder.nativeOrder());
      how.putLong(O_DIRECTORY | O_CLOEXEC).putLong(0).putLong(RESOLVE_IN_ROOT_WITHOUT_MAGIC);
      var call =
          SystemCall.of(
              "openat2",
              Operand.of(start),
              Operand.of(path.isEmpty() ? "/" : path),
              Operand.of(how.array()),
              Operand.of(how.capacity()));
      long fd = syscalls.call(call);
      // Each rename and each mount of the whole machine makes the kernel unsure about `..`.
      for (int i = 0; Errno.EAGAIN.is(fd) && i < MOST_RACES; i++) {
        fd = syscalls.call(call);
      }
      if (fd < 0) {
        throw new SystemCallException("open", path, (int) -fd);
      }
      return new Directory((int) fd);
    } finally {
      Libc.close(start);
    }
  }

  /// Opens a file for reading in one call, where no link is on the way to it or stands there.
  ///
  /// @param path below the root
  /// @throws SystemCallException where one is, or the kernel knows no such call
  public static OpenFile openFileWithoutLinks(Path root, String path) throws IOException {
    var whole = root + "/" + path;
    var flags = (long) O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;
    long fd =
        Libc.OPEN_HOW.call(
            whole,
            (at, arena) -> {
              var how = arena.allocateFrom(JAVA_LONG, flags, 0, RESOLVE_NO_SYMLINKS);
              return Libc.words(Libc.OPENAT2, AT_FDCWD, at, how.address(), how.byteSize());
            });
    return new OpenFile((int) fd, whole);
  }

  /// This directory as a path, for as long as it is open.
  public Path path() {
    return Path.of("/proc/self/fd/" + fd);
  }

  /// Opens a directory in this one.
  ///
  /// @throws SystemCallException of `ENOTDIR` or `ELOOP` where something else has the name
  public Directory openDirectory(String name) throws IOException {
    return new Directory(openAt(fd, name, O_DIRECTORY | O_NOFOLLOW, 0));
  }

  /// Opens a file for reading.
  public OpenFile openFile(String name) throws IOException {
    return new OpenFile(openAt(fd, name, O_NOFOLLOW | O_NONBLOCK, 0), name);
  }

  /// Makes a new file, for its owner only, to be written.
  ///
  /// @throws SystemCallException of `EEXIST` where the name is taken
  public OpenFile createFile(String name) throws IOException {
    return new OpenFile(openAt(fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600), name);
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
      if (e.errno() == SystemCallException.ENOENT) {
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

  /// @throws SystemCallException of `EPERM` or `ENOTSUP` where the file system or the kernel does
  ///   not allow this attribute here
  public void setXattr(String name, String key, byte[] value) throws IOException {
    Libc.SETXATTR.call(
        pathOf(name),
        (path, arena) ->
            Libc.words(
                path,
                Libc.text(arena, key),
                arena.allocateFrom(JAVA_BYTE, value).address(),
                value.length,
                0));
  }

  /// The extended attributes of what has this name; none where the file system has none.
  public Map<String, byte[]> xattrs(String name) throws IOException {
    var path = pathOf(name);
    var found = new TreeMap<String, byte[]>();
    for (var key : xattrNames(path)) {
      found.put(key, xattr(path, key));
    }
    return found;
  }

  /// The names in this directory, sorted.
  public List<String> list() throws IOException {
    try (var copy = new Directory(openAt(fd, ".", O_DIRECTORY, 0))) {
      var names = new ArrayList<String>();
      var buffer = Libc.buffer();
      for (long read = copy.readEntries(buffer); read > 0; read = copy.readEntries(buffer)) {
        addNames(buffer.asSlice(0, read), names);
      }
      names.sort(null);
      return names;
    }
  }

  /// Removes a name that is no directory.
  public void delete(String name) throws IOException {
    unlink(name, 0);
  }

  /// Removes a name with all it holds; nothing happens where there is none, or where others remove
  /// it at the same time.
  public void deleteTree(String name) throws IOException {
    var status = status(name);
    try {
      if (status.isPresent() && status.get().isDirectory()) {
        empty(name);
        unlink(name, AT_REMOVEDIR);
      } else if (status.isPresent()) {
        unlink(name, 0);
      }
    } catch (SystemCallException e) {
      if (e.errno() != SystemCallException.ENOENT) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }

  private long readEntries(MemorySegment buffer) throws IOException {
    return Libc.LIST.call("directory", fd, buffer.address(), buffer.byteSize());
  }

  /// Takes the names out of `linux_dirent64` structures, one behind the other.
  private static void addNames(MemorySegment entries, List<String> names) {
    long at = 0;
    while (at < entries.byteSize()) {
      int length = Short.toUnsignedInt(entries.get(JAVA_SHORT, at + DIRENT_LENGTH));
      var padded = entries.asSlice(at + DIRENT_NAME, length - DIRENT_NAME).toArray(JAVA_BYTE);
      int end = 0;
      while (padded[end] != 0) {
        end++;
      }
      var name = RawName.decode(Arrays.copyOf(padded, end));
      if (!name.equals(".") && !name.equals("..")) {
        names.add(name);
      }
      at += length;
    }
  }

  private void empty(String name) throws IOException {
    try (var directory = openDirectory(name)) {
      for (var child : directory.list()) {
        directory.deleteTree(child);
      }
    } catch (SystemCallException e) {
      if (e.errno() != SystemCallException.EACCES) {
        throw e;
      }
      setMode(name, 0700);
      empty(name);
    }
  }

  private void unlink(String name, int flags) throws IOException {
    Libc.REMOVE.call(name, (at, _) -> Libc.words(fd, at, flags));
  }

  private static List<String> xattrNames(String path) throws IOException {
    var buffer = Libc.buffer();
    try {
      long length =
          Libc.LISTXATTR.call(path, (at, _) -> Libc.words(at, buffer.address(), buffer.byteSize()));
      var names = RawName.decode(buffer.asSlice(0, length).toArray(JAVA_BYTE));
      return names.isEmpty() ? List.of() : List.of(names.split("\0"));
    } catch (SystemCallException e) {
      if (e.errno() == SystemCallException.ENOTSUP) {
        return List.of();
      }
      throw e;
    }
  }

  private static byte[] xattr(String path, String key) throws IOException {
    var buffer = Libc.buffer();
    long length =
        Libc.GETXATTR.call(
            path,
            (at, arena) ->
                Libc.words(at, Libc.text(arena, key), buffer.address(), buffer.byteSize()));
    return buffer.asSlice(0, length).toArray(JAVA_BYTE);
  }

  /// There are no functions for attributes of names in a directory before Linux 6.13; this path
  /// leads through the handle, and only its last component is looked up.
  private String pathOf(String name) {
    return "/proc/self/fd/" + fd + "/" + name;
  }

  private static int openAt(int directory, String name, int flags, int mode) throws IOException {
    return (int)
        Libc.OPEN.call(name, (at, _) -> Libc.words(directory, at, flags | O_CLOEXEC, mode));
  }

  /// As `makedev` of glibc.
  private static long deviceNumber(long major, long minor) {
    return (minor & 0xff)
        | ((major & 0xfff) << 8)
        | ((minor & ~0xffL) << 12)
        | ((major & ~0xfffL) << 32);
  }
}
