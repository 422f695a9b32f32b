package dev.ocij.buildah.run;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/// The folder of one container, held by the process that makes, runs or removes it. Closing lets go
/// of it.
///
/// It has two locks: a monitor takes its own before the process that started it lets go of the
/// first, so that at each moment of its life the container is seen to be held.
public final class ContainerFolder implements Closeable {
  private static final String LOCK = "alive.lock";
  private static final String MONITOR_LOCK = "monitor.lock";

  private static final String STOPPED = "stopped";
  private static final String SHARED = "shared";
  private static final int TRIES = 50;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path directory;
  private final Locks.Held lock;
  private volatile ContainerState state;
  private volatile boolean restartWanted;

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

  /// The folder of a container that nobody holds; empty where somebody does, or it is gone.
  public static Optional<ContainerFolder> take(Path directory) throws IOException {
    try {
      var free = Locks.tryExclusive(lock(directory));
      if (free.isEmpty()) {
        return Optional.empty();
      }
      if (isLocked(directory.resolve(MONITOR_LOCK))) {
        free.get().close();
        return Optional.empty();
      }
      return opened(directory, free.get());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// The folder of a container for its monitor, while the process that started that still holds it.
  public static Optional<ContainerFolder> takeOver(Path directory) throws IOException {
    // Who only looks whether it is held holds it for a moment.
    for (int i = 0; i < TRIES; i++) {
      var free = Locks.tryExclusive(directory.resolve(MONITOR_LOCK));
      if (free.isPresent()) {
        return opened(directory, free.get());
      }
      pause();
    }
    return Optional.empty();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<ContainerFolder> opened(Path directory, Locks.Held lock)
      throws IOException {
    var state = read(directory);
    if (state.isEmpty()) {
      lock.close();
      return Optional.empty();
    }
    return Optional.of(new ContainerFolder(directory, lock, state.get()));
  }

  /// Whether some process holds it. The order counts: see above.
  public static boolean isHeld(Path directory) {
    return isLocked(lock(directory)) || isLocked(directory.resolve(MONITOR_LOCK));
  }

  private static boolean isLocked(Path lock) {
    try {
      var free = Locks.tryExclusive(lock);
      if (free.isPresent()) {
        free.get().close();
      }
      return free.isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  private static Path lock(Path directory) {
    return directory.resolve(LOCK);
  }

  public Path directory() {
    return directory;
  }

  public ContainerState state() {
    return state;
  }

  /// What is remembered of the container in this folder; nothing where it is in the making or gone.
  public static Optional<ContainerState> read(Path directory) throws IOException {
    try {
      var json = Files.readAllBytes(directory.resolve(ContainerState.FILE));
      return json.length == 0 ? Optional.empty() : Optional.of(ContainerState.parse(json));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// What runs, as it was made.
  public Bundle bundle() throws IOException {
    return bundle(directory);
  }

  /// What a container in this folder runs.
  public static Bundle bundle(Path directory) throws IOException {
    return StoredBundle.read(directory);
  }

  /// The configuration that a container in this folder runs by.
  public static RuntimeConfig config(Path directory) throws IOException {
    return StoredBundle.config(directory);
  }

  /// Notes that others are made in the namespaces of a container.
  static void noteGuests(Path directory) throws IOException {
    Files.write(directory.resolve(SHARED), new byte[0]);
  }

  /// Whether there may be such others.
  static boolean mayHaveGuests(Path directory) {
    return Files.exists(directory.resolve(SHARED));
  }

  /// Tells a monitor that the container ends because somebody wants that.
  public static void forbidRestart(Path directory) throws IOException {
    Files.write(directory.resolve(STOPPED), new byte[0]);
  }

  /// That it is to be started again once it has ended, whatever its policy says.
  public void wantRestart() {
    restartWanted = true;
  }

  /// Whether that is so; once.
  public boolean takeRestart() {
    boolean wanted = restartWanted;
    restartWanted = false;
    return wanted;
  }

  public boolean mayRestart() {
    return !Files.exists(directory.resolve(STOPPED));
  }

  public void allowRestart() throws IOException {
    Files.deleteIfExists(directory.resolve(STOPPED));
  }

  /// Remembers what has become of the container.
  public void write(ContainerState changed) throws IOException {
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
