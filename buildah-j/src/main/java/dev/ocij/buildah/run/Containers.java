package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.spec.OciException;
import dev.ocij.store.Locks;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The containers of a store.
public final class Containers {
  private static final String ID = "[0-9a-f]{64}";
  private static final int KILLED = 137;

  private final Store store;
  private final Path root;
  private final Volumes volumes;

  public Containers(Store store) {
    this.store = store;
    this.root = store.containers();
    this.volumes = new Volumes(store.volumes());
  }

  /// All containers, the youngest first. One that should be removed at its end and has no process
  /// any more is not listed.
  public List<ContainerState> list() throws IOException {
    var found = new ArrayList<ContainerState>();
    for (var directory : folders()) {
      read(directory)
          .map(state -> isAlive(directory) ? state : asEnded(state))
          .filter(state -> !isGone(state))
          .ifPresent(found::add);
    }
    found.sort(Comparator.comparing(ContainerState::created).reversed());
    return found;
  }

  /// The container of this name, or whose id begins so.
  ///
  /// @throws OciException of category `NOT_FOUND` without one, `USAGE` with several
  public ContainerState find(String nameOrId) throws IOException {
    var all = list();
    var exact =
        all.stream()
            .filter(each -> each.name().equals(nameOrId) || each.id().equals(nameOrId))
            .findFirst();
    if (exact.isPresent()) {
      return exact.get();
    }
    var begun = all.stream().filter(each -> each.id().startsWith(nameOrId)).toList();
    if (begun.size() > 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "more than one result for container ID %s: container ID prefix is ambiguous"
              .formatted(nameOrId));
    }
    if (begun.isEmpty() || nameOrId.isEmpty()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "no container with name or ID \"%s\" found: no such container".formatted(nameOrId));
    }
    return begun.getFirst();
  }

  /// Removes a container with its anonymous volumes.
  ///
  /// @param force whether one that runs is killed first
  public void remove(ContainerState container, boolean force) throws IOException {
    if (container.status() == ContainerState.Status.RUNNING) {
      if (!force) {
        throw new RunningContainerException(container.id());
      }
      ProcessHandle.of(container.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    var directory = root.resolve(container.id());
    try (var _ = Locks.exclusive(ContainerFolder.lock(directory))) {
      delete(directory, container);
    } catch (NoSuchFileException _) {
      // The process that ran it has removed it.
    }
  }

  /// Makes the folder of a new container.
  ///
  /// @param name null for one that is made up
  /// @param replace whether a container that has the name goes
  ContainerFolder create(
      @Nullable String name, boolean replace, Function<String, ContainerState> state)
      throws IOException {
    store.create();
    Files.createDirectories(root);
    try (var _ = Locks.exclusive(root.resolve(".lock"))) {
      var present = list();
      if (name == null) {
        var made =
            ContainerNames.generate(
                wanted -> present.stream().anyMatch(each -> each.name().equals(wanted)));
        return ContainerFolder.create(root, state.apply(made));
      }
      for (var other : present) {
        if (other.name().equals(name)) {
          makeRoom(other, replace);
        }
      }
      return ContainerFolder.create(root, state.apply(name));
    }
  }

  private void makeRoom(ContainerState other, boolean replace) throws IOException {
    if (!replace) {
      throw new OciException(
          OciException.Category.USAGE,
          ("creating container storage: the container name \"%s\" is already in use by %s. You have"
                  + " to remove that container to be able to reuse that name: that name is already"
                  + " in use")
              .formatted(other.name(), other.id()));
    }
    remove(other, true);
  }

  /// Removes a container whose folder this process holds.
  void discard(ContainerFolder folder) throws IOException {
    delete(folder.directory(), folder.state());
  }

  /// Finishes what dead processes have left: containers to be removed at their end go, others are
  /// marked as ended.
  public void sweep() throws IOException {
    for (var directory : folders()) {
      var state = read(directory);
      boolean done = state.map(each -> each.status() == ContainerState.Status.EXITED).orElse(false);
      if (!done || state.map(ContainerState::autoRemove).orElse(true)) {
        sweep(directory);
      }
    }
  }

  private void sweep(Path directory) throws IOException {
    try {
      var free = Locks.tryExclusive(ContainerFolder.lock(directory));
      if (free.isEmpty()) {
        return;
      }
      try (var _ = free.get()) {
        var state = read(directory);
        if (state.isEmpty() || state.get().autoRemove()) {
          state.ifPresentOrElse(
              each -> deleteQuietly(directory, each), () -> deleteOrphan(directory));
        } else {
          ContainerFolder.write(directory, asEnded(state.get()));
        }
      }
    } catch (NoSuchFileException _) {
      // Somebody else was quicker.
    }
  }

  private void deleteQuietly(Path directory, ContainerState state) {
    try {
      delete(directory, state);
    } catch (IOException _) {
      // It is tried again by the next command.
    }
  }

  /// A folder without a state is one in the making, or a rest.
  private static void deleteOrphan(Path directory) {
    try {
      Trees.delete(directory);
    } catch (IOException _) {
      // It is tried again by the next command.
    }
  }

  private void delete(Path directory, ContainerState state) throws IOException {
    for (var volume : state.volumes()) {
      volumes.remove(volume);
    }
    Trees.delete(directory);
  }

  private List<Path> folders() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var names = Files.list(root)) {
      return names.filter(path -> String.valueOf(path.getFileName()).matches(ID)).toList();
    }
  }

  private static Optional<ContainerState> read(Path directory) throws IOException {
    try {
      var json = Files.readAllBytes(directory.resolve(ContainerState.FILE));
      return json.length == 0 ? Optional.empty() : Optional.of(ContainerState.parse(json));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static boolean isAlive(Path directory) {
    try {
      var free = Locks.tryExclusive(ContainerFolder.lock(directory));
      if (free.isPresent()) {
        free.get().close();
      }
      return free.isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isGone(ContainerState state) {
    return state.autoRemove() && state.status() == ContainerState.Status.EXITED;
  }

  private static ContainerState asEnded(ContainerState state) {
    return state.status() == ContainerState.Status.EXITED
        ? state
        : state.ended(KILLED, Instant.now());
  }
}
