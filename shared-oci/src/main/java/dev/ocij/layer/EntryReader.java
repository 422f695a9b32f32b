package dev.ocij.layer;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes entries of what stands on disk; a file that it has seen under another name becomes a hard
/// link to that.
final class EntryReader {
  private record Identity(long device, long inode) {}

  private final Ownership ownership;
  private final Map<Identity, String> seen = new HashMap<>();

  EntryReader(Ownership ownership) {
    this.ownership = ownership;
  }

  /// @param directory where `found` is
  Entry read(Directory directory, Found found) throws IOException {
    var entry = entry(directory, found);
    if (found.isDirectory() || found.status().links() < 2) {
      return entry;
    }
    var identity = new Identity(found.status().device(), found.status().inode());
    var first = seen.putIfAbsent(identity, found.path());
    return first == null ? entry : Entry.hardLink(found.path(), entry.attributes(), first);
  }

  private Entry entry(Directory directory, Found found) throws IOException {
    var path = found.path();
    var status = found.status();
    var attributes = attributes(found);
    return switch (status.kind()) {
      case FileStatus.FILE -> file(found, attributes);
      case FileStatus.DIRECTORY -> Entry.directory(path, attributes);
      case FileStatus.SYMLINK ->
          Entry.symlink(path, attributes, directory.readSymlink(found.name()));
      case FileStatus.FIFO -> Entry.fifo(path, attributes);
      case FileStatus.CHARACTER ->
          Entry.device(path, Entry.Type.CHARACTER, attributes, device(status));
      case FileStatus.BLOCK -> Entry.device(path, Entry.Type.BLOCK, attributes, device(status));
      default -> throw new IllegalArgumentException("no entry can be of kind " + status.kind());
    };
  }

  private Entry file(Found found, Attributes attributes) {
    var device =
        ownership == Ownership.REAL
            ? Optional.<FileRecord.RecordedDevice>empty()
            : FileRecord.device(found.xattrs());
    return device
        .map(is -> Entry.device(found.path(), is.type(), attributes, is.device()))
        .orElseGet(() -> Entry.file(found.path(), attributes, found.status().size()));
  }

  private Attributes attributes(Found found) {
    var status = found.status();
    var owner =
        ownership == Ownership.REAL
            ? new Owner(status.uid(), status.gid())
            : FileRecord.owner(found.xattrs());
    return new Attributes(status.mode(), owner, status.mtime(), portable(found.xattrs()));
  }

  private static Map<String, byte[]> portable(Map<String, byte[]> xattrs) {
    if (xattrs.isEmpty()) {
      return xattrs;
    }
    var kept = new TreeMap<>(xattrs);
    kept.keySet().removeIf(key -> !Xattrs.isPortable(key));
    return kept;
  }

  private static Device device(FileStatus status) {
    return new Device(status.rdevMajor(), status.rdevMinor());
  }
}
