package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What getdents64(2) says of a directory.
final class DirectoryEntries {
  private static final long LENGTH = 16;
  private static final long NAME = 19;

  private DirectoryEntries() {}

  /// The names behind an open descriptor, sorted, which is at its end then.
  static List<String> names(int fd) throws IOException {
    var names = new ArrayList<String>();
    var buffer = Libc.buffer();
    for (long read = read(fd, buffer); read > 0; read = read(fd, buffer)) {
      addNames(buffer.asSlice(0, read), names);
    }
    names.sort(null);
    return names;
  }

  private static long read(int fd, MemorySegment buffer) throws IOException {
    return Libc.LIST.call("directory", fd, buffer.address(), buffer.byteSize());
  }

  /// Takes the names out of `linux_dirent64` structures, one behind the other.
  private static void addNames(MemorySegment entries, List<String> names) {
    long at = 0;
    while (at < entries.byteSize()) {
      int length = Short.toUnsignedInt(entries.get(JAVA_SHORT, at + LENGTH));
      var padded = entries.asSlice(at + NAME, length - NAME).toArray(JAVA_BYTE);
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
}
