package dev.ocij.store;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// The directory of a layout: its files beside the blobs, and its locks.
///
/// Two lock files stay in a layout that was written to: `.index.lock` is held while `index.json`
/// changes, `.use.lock` by everyone whose blobs no entry reaches yet.
///
/// @param blobs in the directory, or in one that several layouts share
record LayoutFolder(Path directory, BlobStore blobs) {
  private static final String LAYOUT = "oci-layout";
  private static final String INDEX = "index.json";
  private static final String VERSION = "1.0.0";

  /// Whether there is an `index.json`.
  boolean hasIndex() {
    return Files.exists(directory.resolve(INDEX));
  }

  /// Whether there is a layout, with an index or not yet.
  boolean isMade() {
    return Files.exists(directory.resolve(LAYOUT));
  }

  /// Whether other layouts may need its blobs.
  boolean isShared() {
    return !blobs.directory().startsWith(directory);
  }

  /// @throws OciException where there is no layout, or one of a version that is not known
  Entries entries() throws IOException {
    checkVersion();
    return Entries.parse(RegularFile.of(directory, INDEX).read(), shownIndex());
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

  /// Removes the layout, but for its directory, if nothing is in it and nobody uses it.
  void removeIfEmpty() throws IOException {
    var alone = tryAlone();
    if (alone.isPresent()) {
      try (var _ = alone.get();
          var _ = lockIndex()) {
        if (!hasIndex() && !isShared() && blobs.removedWhereEmpty()) {
          Files.delete(directory.resolve(LAYOUT));
          Locks.remove(useLock());
          Locks.remove(indexLock());
        }
      }
    }
  }

  /// Changes `index.json`, which is on disk when this returns. Others wait meanwhile.
  ///
  /// @param change answers whether there is anything to write
  /// @return what the change answered
  boolean change(Predicate<IndexFile> change) throws IOException {
    try (var _ = lockIndex()) {
      var index = readIndex();
      boolean changed = change.test(index);
      if (changed) {
        PendingFile.write(directory, INDEX, index.bytes());
      }
      return changed;
    }
  }

  /// The layout for somebody who writes to it, beside others.
  Locks.Held lockShared() throws IOException {
    return Locks.shared(useLock());
  }

  /// The layout for this process alone, once nobody else uses it.
  Locks.Held lockAlone() throws IOException {
    return Locks.exclusive(useLock());
  }

  /// As [#lockAlone], if nobody else uses it at this moment.
  Optional<Locks.Held> tryAlone() throws IOException {
    return Locks.tryExclusive(useLock());
  }

  /// The path of `index.json`, for messages.
  String shownIndex() {
    return shown(INDEX);
  }

  private void sweep() throws IOException {
    var alone = isShared() ? Optional.<Locks.Held>empty() : tryAlone();
    if (alone.isPresent()) {
      try (var _ = alone.get()) {
        blobs.sweepAll();
      }
    } else {
      blobs.sweepAbandoned();
    }
  }

  private IndexFile readIndex() throws IOException {
    return hasIndex()
        ? IndexFile.parse(RegularFile.of(directory, INDEX).read(), shownIndex())
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

  private Path useLock() {
    return directory.resolve(".use.lock");
  }

  private String shown(String file) {
    return Quoted.escape(directory.resolve(file).toString());
  }
}
