package dev.ocij.layer;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.Unpacked.Shortfall;
import dev.ocij.linux.Directory;
import dev.ocij.linux.SystemCallException;
import java.io.IOException;
import java.util.List;

/// Gives files on disk the attributes of their entries, in the order that keeps them: chown(2)
/// clears setuid bits and capabilities, and all else changes times.
final class AttributeWriter {
  private final Ownership ownership;
  private final List<Shortfall> shortfalls;

  AttributeWriter(Ownership ownership, List<Shortfall> shortfalls) {
    this.ownership = ownership;
    this.shortfalls = shortfalls;
  }

  /// @param name of the file in `directory`; `.` for the directory itself
  void write(Directory directory, String name, Entry entry) throws IOException {
    var attributes = entry.attributes();
    writeOwner(directory, name, entry);
    for (var xattr : attributes.xattrs().entrySet()) {
      writeXattr(directory, name, entry, xattr.getKey(), xattr.getValue());
    }
    if (!entry.isSymlink()) {
      directory.setMode(name, attributes.mode());
    }
    directory.setMtime(name, attributes.mtime());
  }

  private void writeOwner(Directory directory, String name, Entry entry) throws IOException {
    var owner = entry.attributes().owner();
    if (ownership == Ownership.REAL) {
      directory.setOwner(name, owner.uid(), owner.gid());
    } else {
      if (entry.isDevice() && !entry.device().equals(Device.NONE)) {
        var device = FileRecord.write(entry.type(), entry.device());
        setOrMiss(directory, name, entry, FileRecord.DEVICE, device);
      }
      if (!owner.equals(Owner.ROOT)) {
        record(directory, name, entry);
      }
    }
  }

  private void record(Directory directory, String name, Entry entry) throws IOException {
    var owner = entry.attributes().owner();
    if (entry.isFile() || entry.isDirectory() || entry.isDevice()) {
      setOrMiss(directory, name, entry, FileRecord.OWNER, FileRecord.write(owner));
    } else {
      shortfalls.add(new Shortfall(entry.path(), "owner " + owner + " is not kept"));
    }
  }

  private void writeXattr(Directory directory, String name, Entry entry, String key, byte[] value)
      throws IOException {
    if (Xattrs.isReserved(key)) {
      shortfalls.add(new Shortfall(entry.path(), "attribute " + key + " is reserved"));
    } else {
      setOrMiss(directory, name, entry, key, value);
    }
  }

  /// File systems and namespaces differ in what they allow; a file without is better than none.
  private void setOrMiss(Directory directory, String name, Entry entry, String key, byte[] value)
      throws IOException {
    try {
      directory.setXattr(name, key, value);
    } catch (SystemCallException e) {
      if (e.errno() != SystemCallException.EPERM && e.errno() != SystemCallException.ENOTSUP) {
        throw e;
      }
      shortfalls.add(new Shortfall(entry.path(), "attribute " + key + " is not allowed here"));
    }
  }
}
