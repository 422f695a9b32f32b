package dev.ocij.runtime.ownership;

import dev.ocij.layer.Device;
import dev.ocij.layer.Entry;
import dev.ocij.layer.FileRecord;
import dev.ocij.layer.Owner;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.Structure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who is to own which file, and what is to be a device. It stands in attributes of the file; of
/// links, pipes and what lies where there are no attributes, in memory, for the time of one
/// container.
final class FileRecords implements KeptOwners {
  private static final int KIND = 0170000;

  /// A number of an inode is given again when a file is gone; the time of its birth is not.
  private record Identity(long inode, long bornSeconds, int bornNanos) {
    Instant born() {
      return Instant.ofEpochSecond(bornSeconds, bornNanos);
    }

    static Identity of(Structure statx) {
      return new Identity(statx.word(32), statx.word(80), statx.integer(88));
    }
  }

  private final Map<Identity, Owner> owners = new ConcurrentHashMap<>();
  private final Map<String, Owner> byPath = new ConcurrentHashMap<>();
  private final OwnersBelow below;
  private final Set<String> made = ConcurrentHashMap.newKeySet();
  private final Instant begin = Instant.now();

  FileRecords(OwnersBelow below) {
    this.below = below;
  }

  private static String path(Handle file) {
    var path = file.path();
    return path.startsWith("/") ? path.substring(1) : path;
  }

  /// Root where there is no record.
  Owner owner(Handle file) {
    var attribute = file.attribute(FileRecord.OWNER);
    if (attribute.isPresent()) {
      return FileRecord.parseOwner(attribute.get()).orElse(Owner.ROOT);
    }
    return owners.isEmpty() && below.isEmpty() ? Owner.ROOT : ownerWithoutAttribute(file);
  }

  private Owner ownerWithoutAttribute(Handle file) {
    var statx = file.status();
    var identity = Identity.of(statx);
    var known = owners.get(identity);
    if (known != null || below.isEmpty() || !identity.born().isBefore(begin)) {
      return known == null ? Owner.ROOT : known;
    }
    return below.of(path(file), statx.halfWord(28) & KIND).orElse(Owner.ROOT);
  }

  void setOwner(Handle file, Owner owner) {
    if (owner.equals(Owner.ROOT)) {
      file.removeAttribute(FileRecord.OWNER);
    } else if (file.setAttribute(FileRecord.OWNER, FileRecord.write(owner))) {
      return;
    }
    owners.put(Identity.of(file.status()), owner);
    byPath.put(file.path(), owner);
  }

  /// Whether it matters that a name gets another file: see [#replace].
  boolean minds() {
    return !byPath.isEmpty() || !below.isEmpty();
  }

  /// A name gets another file than the one that the layers below have.
  void replace(String path) {
    byPath.remove(path);
    if (below.has(path.substring(1))) {
      made.add(path.substring(1));
    }
  }

  /// The kind and the numbers of what is a device by our record only.
  Optional<FileRecord.RecordedDevice> device(Handle file) {
    return file.attribute(FileRecord.DEVICE).flatMap(FileRecord::parseDevice);
  }

  /// Returns false where no record can be made.
  boolean setDevice(Handle file, Entry.Type type, Device device) {
    return file.setAttribute(FileRecord.DEVICE, FileRecord.write(type, device));
  }

  @Override
  public Optional<Owner> of(Entry entry, FileStatus status) {
    var born = status.born();
    var known = owners.get(new Identity(status.inode(), born.getEpochSecond(), born.getNano()));
    // An overlay shows the number of the file below, not that of its own copy.
    return Optional.ofNullable(known == null ? byPath.get("/" + entry.path()) : known)
        .or(() -> made.contains(entry.path()) ? Optional.empty() : below.of(entry));
  }
}
