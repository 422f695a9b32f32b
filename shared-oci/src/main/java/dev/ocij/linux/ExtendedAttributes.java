package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The extended attributes of what stands at a path; a link at its end is not followed.
record ExtendedAttributes(String path) {
  /// All of them; none where the file system has none.
  Map<String, byte[]> all() throws IOException {
    var found = new TreeMap<String, byte[]>();
    for (var key : keys()) {
      found.put(key, value(key));
    }
    return found;
  }

  /// @throws SystemCallException of `EPERM` or `EOPNOTSUPP` where the file system or the kernel
  ///   does not allow this attribute here
  void set(String key, byte[] value) throws IOException {
    Libc.SETXATTR.call(
        path,
        (at, arena) ->
            Libc.words(
                at,
                Libc.text(arena, key),
                arena.allocateFrom(JAVA_BYTE, value).address(),
                value.length,
                0));
  }

  private List<String> keys() throws IOException {
    var buffer = Libc.buffer();
    try {
      long length =
          Libc.LISTXATTR.call(path, (at, _) -> Libc.words(at, buffer.address(), buffer.byteSize()));
      var names = RawName.decode(buffer.asSlice(0, length).toArray(JAVA_BYTE));
      return names.isEmpty() ? List.of() : List.of(names.split("\0"));
    } catch (SystemCallException e) {
      if (e.is(Errno.EOPNOTSUPP)) {
        return List.of();
      }
      throw e;
    }
  }

  private byte[] value(String key) throws IOException {
    var buffer = Libc.buffer();
    long length =
        Libc.GETXATTR.call(
            path,
            (at, arena) ->
                Libc.words(at, Libc.text(arena, key), buffer.address(), buffer.byteSize()));
    return buffer.asSlice(0, length).toArray(JAVA_BYTE);
  }
}
