package dev.ocij.buildah.run;

import dev.ocij.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The folder of one container, held by the process that runs it. Closing lets go of it.
final class ContainerFolder implements Closeable {
  private static final String LOCK = "alive.lock";

  private final Path directory;
  private final Locks.Held lock;
  private ContainerState state;

  private ContainerFolder(Path directory, Locks.Held lock, ContainerState state) {
    this.directory = directory;
    this.lock = lock;
    this.state = state;
  }

  static ContainerFolder create(Path containers, ContainerState state) throws IOException {
    var directory = Files.createDirectory(containers.resolve(state.id()));
    var lock = Locks.exclusive(lock(directory));
    var folder = new ContainerFolder(directory, lock, state);
    folder.write(state);
    return folder;
  }

  static Path lock(Path directory) {
    return directory.resolve(LOCK);
  }

  Path directory() {
    return directory;
  }

  ContainerState state() {
    return state;
  }

  /// Remembers what has become of the container.
  void write(ContainerState changed) throws IOException {
    state = changed;
    write(directory, changed);
  }

  /// Whole, but not forced to the disk: no container outlives the machine's crash.
  static void write(Path directory, ContainerState state) throws IOException {
    var pending = directory.resolve(ContainerState.FILE + ".new");
    Files.write(pending, state.bytes());
    Files.move(pending, directory.resolve(ContainerState.FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
