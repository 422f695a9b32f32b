package dev.ocij.buildah.container;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.store.ImageStore;
import dev.ocij.store.Locks;
import dev.ocij.store.PendingFile;
import dev.ocij.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A working container that nobody else changes until it is closed. What it stands on stays in the
/// store meanwhile.
public final class OpenContainer implements Closeable {
  private static final String LOCK = ".lock";

  private final Store store;
  private final Path directory;
  private final Locks.Held lock;
  private final Locks.Held use;
  private WorkingContainer state;

  private OpenContainer(
      Store store, Path directory, Locks.Held lock, Locks.Held use, WorkingContainer state) {
    this.store = store;
    this.directory = directory;
    this.lock = lock;
    this.use = use;
    this.state = state;
  }

  /// Waits until nobody else has it open.
  static OpenContainer open(Store store, WorkingContainer known) throws IOException {
    var directory = directory(store, known);
    try {
      return locked(store, directory, Locks.exclusive(directory.resolve(LOCK)));
    } catch (NoSuchFileException e) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "reading build container \"%s\": container not known".formatted(known.name()),
          e);
    }
  }

  private static OpenContainer locked(Store store, Path directory, Locks.Held lock)
      throws IOException {
    try {
      var state = read(directory);
      return new OpenContainer(store, directory, lock, store.images().use(), state);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Makes the folder of a new one, visible when its state is.
  static void create(Store store, WorkingContainer state) throws IOException {
    var directory = Files.createDirectory(directory(store, state));
    write(directory, state);
    PendingFile.syncDirectory(store.containers());
  }

  static Path directory(Store store, WorkingContainer container) {
    return store.containers().resolve(Store.WORKING + container.id());
  }

  static WorkingContainer read(Path directory) throws IOException {
    var json = Files.readAllBytes(directory.resolve(Store.STATE));
    return Json.read(json, WorkingContainer::from, Store.STATE + " of a working container");
  }

  public WorkingContainer state() {
    return state;
  }

  /// Remembers what it has become: whole and on disk when this returns.
  public void write(WorkingContainer changed) throws IOException {
    store.images().blobs().sync();
    write(directory, changed);
    state = changed;
  }

  Path directory() {
    return directory;
  }

  Store store() {
    return store;
  }

  ImageStore images() {
    return store.images();
  }

  private static void write(Path directory, WorkingContainer state) throws IOException {
    PendingFile.write(directory, Store.STATE, Json.write(state));
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      use.close();
    }
  }
}
