package dev.ocij.layer;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// By what a file on disk is known to be unchanged.
///
/// Of most kinds the time of the last change of status is enough, which nobody can set back. That
/// of a directory also moves when nothing but its entries has changed, so its own attributes count.
///
/// @param attributes of a directory
/// @param xattrs of a directory, by hash
record FileState(long inode, Instant time, int attributes, long owner, int xattrs) {
  static FileState of(Found found) {
    var status = found.status();
    if (!found.isDirectory()) {
      return new FileState(status.inode(), status.ctime(), 0, 0, 0);
    }
    return new FileState(
        status.inode(),
        status.mtime(),
        status.mode(),
        status.uid() << Integer.SIZE | status.gid(),
        hash(found.xattrs()));
  }

  private static int hash(Map<String, byte[]> xattrs) {
    var hashes = new HashMap<String, Integer>();
    xattrs.forEach((key, value) -> hashes.put(key, Arrays.hashCode(value)));
    return hashes.hashCode();
  }
}
