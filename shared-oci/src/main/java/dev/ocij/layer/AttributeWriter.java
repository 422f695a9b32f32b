package dev.ocij.layer;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
import dev.ocij.linux.SystemCallException;
import java.io.IOException;

/// Gives files on disk the attributes of their entries, in the order that keeps them: chown(2)
/// clears setuid bits and capabilities, and all else changes times. What the machine does not allow
/// a file to have, it goes without.
final class AttributeWriter {
  private final Ownership ownership;

  AttributeWriter(Ownership ownership) {
    this.ownership = ownership;
  }

  /// @param name of the file in `directory`; `.` for the directory itself
  void write(Directory directory, String name, Entry entry) throws IOException {
    var file = new Unfinished(directory, name, entry);
    var attributes = entry.attributes();
    writeOwner(file);
    for (var xattr : attributes.xattrs().entrySet()) {
      writeXattr(file, xattr.getKey(), xattr.getValue());
    }
    if (!entry.isSymlink()) {
      directory.setMode(name, attributes.mode());
    }
    directory.setMtime(name, attributes.mtime());
  }

  /// A file and what it shall become.
  private record Unfinished(Directory directory, String name, Entry entry) {}

  private void writeOwner(Unfinished file) throws IOException {
    var entry = file.entry();
    var owner = entry.attributes().owner();
    if (ownership == Ownership.REAL) {
      file.directory().setOwner(file.name(), owner.uid(), owner.gid());
    } else {
      if (entry.isDevice() && !entry.device().equals(Device.NONE)) {
        setOrMiss(file, FileRecord.DEVICE, FileRecord.write(entry.type(), entry.device()));
      }
      if (!owner.equals(Owner.ROOT)) {
        record(file, owner);
      }
    }
  }

  /// Links and the like can have no such attribute.
  private static void record(Unfinished file, Owner owner) throws IOException {
    var entry = file.entry();
    if (entry.isFile() || entry.isDirectory() || entry.isDevice()) {
      setOrMiss(file, FileRecord.OWNER, FileRecord.write(owner));
    }
  }

  private static void writeXattr(Unfinished file, String key, byte[] value) throws IOException {
    if (!Xattrs.isReserved(key)) {
      setOrMiss(file, key, value);
    }
  }

  /// File systems and namespaces differ in what they allow; a file without is better than none.
  private static void setOrMiss(Unfinished file, String key, byte[] value) throws IOException {
    try {
      file.directory().setXattr(file.name(), key, value);
    } catch (SystemCallException e) {
      if (!e.is(Errno.EPERM, Errno.EOPNOTSUPP)) {
        throw e;
      }
    }
  }
}
