package dev.ocij.layer;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.Unpacked.Shortfall;
import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
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
  private record Unfinished(Directory directory, String name, Entry entry) {
    Shortfall lacks(String what) {
      return new Shortfall(entry.path(), what);
    }
  }

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

  private void record(Unfinished file, Owner owner) throws IOException {
    var entry = file.entry();
    if (entry.isFile() || entry.isDirectory() || entry.isDevice()) {
      setOrMiss(file, FileRecord.OWNER, FileRecord.write(owner));
    } else {
      shortfalls.add(file.lacks("owner " + owner + " is not kept"));
    }
  }

  private void writeXattr(Unfinished file, String key, byte[] value) throws IOException {
    if (Xattrs.isReserved(key)) {
      shortfalls.add(file.lacks("attribute " + key + " is reserved"));
    } else {
      setOrMiss(file, key, value);
    }
  }

  /// File systems and namespaces differ in what they allow; a file without is better than none.
  private void setOrMiss(Unfinished file, String key, byte[] value) throws IOException {
    try {
      file.directory().setXattr(file.name(), key, value);
    } catch (SystemCallException e) {
      if (!e.is(Errno.EPERM, Errno.EOPNOTSUPP)) {
        throw e;
      }
      shortfalls.add(file.lacks("attribute " + key + " is not allowed here"));
    }
  }
}
