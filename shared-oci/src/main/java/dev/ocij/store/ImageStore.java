package dev.ocij.store;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// An OCI image layout: `oci-layout`, `index.json` and blobs, as image-spec, "Image Layout", has
/// them, shared by any number of processes. Readers never wait.
///
/// Two lock files stay in a layout that was written to: `.index.lock` is held while `index.json`
/// changes, `.use.lock` by everyone whose blobs no entry reaches yet.
public final class ImageStore {
  private static final String LAYOUT = "oci-layout";
  private static final String INDEX = "index.json";
  private static final String VERSION = "1.0.0";

  private final Path directory;
  private final BlobStore blobs;

  private ImageStore(Path directory, BlobStore blobs) {
    this.directory = directory;
    this.blobs = blobs;
  }

  /// The layout in this directory, with its own blobs. Nothing is read or made before it is needed.
  public static ImageStore of(Path directory) {
    return new ImageStore(directory, new BlobStore(directory.resolve("blobs")));
  }

  /// A layout whose blobs are in a directory that it shares with others. None of them is ever
  /// removed.
  public static ImageStore of(Path directory, Path sharedBlobs) {
    return new ImageStore(directory, new BlobStore(sharedBlobs));
  }

  public Path directory() {
    return directory;
  }

  public BlobStore blobs() {
    return blobs;
  }

  public boolean exists() {
    return Files.exists(directory.resolve(INDEX));
  }

  /// What the layout names now.
  ///
  /// @throws OciException where there is no layout, or one of a version that is not known
  public Entries entries() throws IOException {
    checkVersion();
    return Entries.parse(RegularFile.of(directory, INDEX).read(), shown(INDEX));
  }

  /// Makes the layout where there is none, and keeps its blobs from being removed until the result
  /// is closed.
  public Locks.Held use() throws IOException {
    return new LayoutUse(this).begin().held();
  }

  /// As [#use], but a layout that it made, and that nothing came into, is gone when the result is
  /// closed, unless somebody else uses it then.
  public Locks.Held useWithoutTrace() throws IOException {
    return new LayoutUse(this).begin().withoutTrace();
  }

  /// Makes the layout where there is none.
  ///
  /// @return whether there was none
  boolean make() throws IOException {
    boolean made = false;
    try (var _ = lockIndex()) {
      // Only who has this lock writes files beside the blobs: what is there was left by the dead.
      PendingFile.sweep(directory, Instant.MAX);
      if (!isMade()) {
        PendingFile.write(directory, LAYOUT, layoutFile());
        made = true;
      }
      checkVersion();
    }
    sweep();
    return made;
  }

  boolean isMade() {
    return Files.exists(directory.resolve(LAYOUT));
  }

  /// Removes the layout, but for its directory, if nothing is in it and nobody uses it.
  void removeIfEmpty() throws IOException {
    var alone = Locks.tryExclusive(useLock());
    if (alone.isPresent()) {
      try (var _ = alone.get();
          var _ = lockIndex()) {
        if (!exists() && !isShared() && blobs.removedWhereEmpty()) {
          Files.delete(directory.resolve(LAYOUT));
          Locks.remove(useLock());
          Locks.remove(indexLock());
        }
      }
    }
  }

  /// Makes entries visible, all at once, on disk when this returns. One of the same name is
  /// replaced. To be called inside [#use].
  ///
  /// @throws OciException of category `INVALID` where an entry leads to a blob that is missing
  public void put(List<Descriptor> entries) throws IOException {
    put(entries, Set.of());
  }

  /// As [#put(List)], but what is left out on purpose may be missing.
  public void put(List<Descriptor> entries, Set<Digest> leftOut) throws IOException {
    put(entries, leftOut, IndexFile::put);
  }

  /// As [#put], but an image that loses its last name to another stays, without a name.
  public void putKeeping(List<Descriptor> entries) throws IOException {
    put(entries, Set.of(), IndexFile::putKeeping);
  }

  private void put(
      List<Descriptor> entries, Set<Digest> leftOut, BiConsumer<IndexFile, Descriptor> change)
      throws IOException {
    for (var entry : entries) {
      requireWhole(entry, leftOut);
    }
    blobs.sync();
    try (var _ = lockIndex()) {
      var index = readIndex();
      entries.forEach(entry -> change.accept(index, entry));
      PendingFile.write(directory, INDEX, index.bytes());
    }
  }

  /// Removes an entry; its blobs stay until [#prune].
  ///
  /// @return whether it was there
  public boolean remove(Descriptor entry) throws IOException {
    try (var _ = lockIndex()) {
      var index = readIndex();
      boolean removed = index.remove(entry);
      if (removed) {
        PendingFile.write(directory, INDEX, index.bytes());
      }
      return removed;
    }
  }

  /// Takes names from images; one without another name stays, without a name.
  public void unname(List<Descriptor> entries) throws IOException {
    try (var _ = lockIndex()) {
      var index = readIndex();
      entries.forEach(index::unname);
      PendingFile.write(directory, INDEX, index.bytes());
    }
  }

  /// Blobs that somebody else needs.
  @FunctionalInterface
  public interface Needed {
    Needed NOTHING = List::of;

    /// Asked when nobody writes to the layout.
    Collection<Digest> digests() throws IOException;
  }

  /// Waits until nobody uses the layout, then removes all blobs that no entry leads to, and what
  /// dead writers left.
  public void prune(Needed alsoNeeded) throws IOException {
    try (var _ = Locks.exclusive(useLock())) {
      removeGarbage(Set.copyOf(alsoNeeded.digests()));
    }
  }

  /// As [#prune], but does nothing while somebody uses the layout.
  public void pruneUnlessUsed(Needed alsoNeeded) throws IOException {
    var lock = Locks.tryExclusive(useLock());
    if (lock.isPresent()) {
      try (var _ = lock.get()) {
        removeGarbage(Set.copyOf(alsoNeeded.digests()));
      }
    }
  }

  /// The layout for this process alone, if nobody else uses it at this moment.
  Optional<Locks.Held> tryAlone() throws IOException {
    use().close();
    return Locks.tryExclusive(useLock());
  }

  /// The entries whose configuration's digest begins with these digits: what other tools call an
  /// image id.
  public List<Descriptor> withId(String hexPrefix) throws IOException {
    var found = new ArrayList<Descriptor>();
    for (var entry : entries().images()) {
      if (entry.mediaType().isManifest() && configOf(entry).digest().hex().startsWith(hexPrefix)) {
        found.add(entry);
      }
    }
    return found;
  }

  private Descriptor configOf(Descriptor entry) throws IOException {
    return Json.read(blobs.read(entry.digest()), ImageManifest::from, "manifest " + entry.digest())
        .config();
  }

  private void requireWhole(Descriptor descriptor, Set<Digest> leftOut) throws IOException {
    if (!blobs.has(descriptor)) {
      if (leftOut.contains(descriptor.digest())) {
        return;
      }
      throw new OciException(
          OciException.Category.INVALID,
          "write %s: the blob %s is missing".formatted(shown(INDEX), descriptor.digest()));
    }
    if (descriptor.mediaType().isManifest() || descriptor.mediaType().isIndex()) {
      var document = Document.of(blobs.read(descriptor.digest()), descriptor.mediaType().value());
      for (var child : Contents.of(document)) {
        if (!child.mediaType().isForeignLayer()) {
          requireWhole(child, leftOut);
        }
      }
    }
  }

  private void removeGarbage(Set<Digest> alsoNeeded) throws IOException {
    if (isShared()) {
      return;
    }
    var reachable = new Reachable(blobs);
    for (var entry : entries().all()) {
      reachable.add(entry);
    }
    for (var digest : blobs.digests()) {
      if (!reachable.digests().contains(digest) && !alsoNeeded.contains(digest)) {
        blobs.delete(digest);
      }
    }
    blobs.sweep(Instant.MAX);
  }

  private void sweep() throws IOException {
    var alone = isShared() ? Optional.<Locks.Held>empty() : Locks.tryExclusive(useLock());
    if (alone.isPresent()) {
      try (var _ = alone.get()) {
        blobs.sweepAll();
      }
    } else {
      blobs.sweepAbandoned();
    }
  }

  private boolean isShared() {
    return !blobs.directory().startsWith(directory);
  }

  private IndexFile readIndex() throws IOException {
    return exists()
        ? IndexFile.parse(RegularFile.of(directory, INDEX).read(), shown(INDEX))
        : IndexFile.empty();
  }

  private void checkVersion() throws IOException {
    var version =
        Json.readTree(RegularFile.of(directory, LAYOUT).read(), shown(LAYOUT))
            .path("imageLayoutVersion")
            .asText("");
    if (!version.equals(VERSION)) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s: expected imageLayoutVersion %s, found %s"
              .formatted(shown(LAYOUT), VERSION, Quoted.of(version)));
    }
  }

  private static byte[] layoutFile() {
    return "{\"imageLayoutVersion\":\"%s\"}".formatted(VERSION).getBytes(StandardCharsets.UTF_8);
  }

  private Locks.Held lockIndex() throws IOException {
    return Locks.exclusive(indexLock());
  }

  private Path indexLock() {
    return directory.resolve(".index.lock");
  }

  Path useLock() {
    return directory.resolve(".use.lock");
  }

  private String shown(String file) {
    return Quoted.escape(directory.resolve(file).toString());
  }
}
