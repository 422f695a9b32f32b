package dev.ocij.store;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// An OCI image layout: `oci-layout`, `index.json` and blobs, as image-spec, "Image Layout", has
/// them, shared by any number of processes. Readers never wait.
public final class ImageStore {
  private final LayoutFolder folder;
  private final BlobStore blobs;

  private ImageStore(Path directory, BlobStore blobs) {
    this.folder = new LayoutFolder(directory, blobs);
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
    return folder.directory();
  }

  public BlobStore blobs() {
    return blobs;
  }

  LayoutFolder folder() {
    return folder;
  }

  public boolean exists() {
    return folder.hasIndex();
  }

  /// What the layout names now.
  ///
  /// @throws OciException where there is no layout, or one of a version that is not known
  public Entries entries() throws IOException {
    return folder.entries();
  }

  /// Makes the layout where there is none, and keeps its blobs from being removed until the result
  /// is closed.
  public Locks.Held use() throws IOException {
    return new LayoutUse(folder).begin().held();
  }

  /// As [#use], but a layout that it made, and that nothing came into, is gone when the result is
  /// closed, unless somebody else uses it then.
  public Locks.Held useWithoutTrace() throws IOException {
    return new LayoutUse(folder).begin().withoutTrace();
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
    folder.change(index -> {
      entries.forEach(entry -> change.accept(index, entry));
      return true;
    });
  }

  /// Removes an entry; its blobs stay until [#prune].
  ///
  /// @return whether it was there
  public boolean remove(Descriptor entry) throws IOException {
    return folder.change(index -> index.remove(entry));
  }

  /// Takes names from images; one without another name stays, without a name.
  public void unname(List<Descriptor> entries) throws IOException {
    folder.change(index -> {
      entries.forEach(index::unname);
      return true;
    });
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
    try (var _ = folder.lockAlone()) {
      removeGarbage(Set.copyOf(alsoNeeded.digests()));
    }
  }

  /// As [#prune], but does nothing while somebody uses the layout.
  public void pruneUnlessUsed(Needed alsoNeeded) throws IOException {
    var lock = folder.tryAlone();
    if (lock.isPresent()) {
      try (var _ = lock.get()) {
        removeGarbage(Set.copyOf(alsoNeeded.digests()));
      }
    }
  }

  /// The layout for this process alone, if nobody else uses it at this moment.
  Optional<Locks.Held> tryAlone() throws IOException {
    use().close();
    return folder.tryAlone();
  }

  /// The images whose configuration's digest, what other tools call an image id, begins with these
  /// digits: an entry of each. One that came in several forms, as with its layers compressed
  /// otherwise, is one image.
  public List<Descriptor> withId(String hexPrefix) throws IOException {
    var found = new LinkedHashMap<Digest, Descriptor>();
    for (var entry : entries().images()) {
      if (entry.mediaType().isManifest()) {
        var id = configOf(entry).digest();
        if (id.hex().startsWith(hexPrefix)) {
          found.putIfAbsent(id, entry);
        }
      }
    }
    return List.copyOf(found.values());
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
          "write %s: the blob %s is missing".formatted(folder.shownIndex(), descriptor.digest()));
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
    if (folder.isShared()) {
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
}
