package dev.ocij.buildah.run;

import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.spec.OciException;
import dev.ocij.store.Locks;
import dev.ocij.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The containers of a store.
public final class Containers {
  private final Store store;
  private final ContainerFolders folders;
  private final TakenNames names;
  private final Erasure erasure;
  private final Leftovers leftovers;

  public Containers(Store store) {
    this.store = store;
    this.folders = new ContainerFolders(store.containers());
    this.names = TakenNames.beside(folders.root());
    this.erasure = new Erasure(folders, volumes(), names);
    this.leftovers = new Leftovers(folders, erasure);
  }

  /// The volumes of the same store.
  public Volumes volumes() {
    return new Volumes(store.volumes());
  }

  /// All containers, the youngest first. What dead processes have left of others is finished: one
  /// that should be removed at its end and has no process any more is not listed.
  public List<ContainerState> list() throws IOException {
    var found = new ArrayList<ContainerState>();
    for (var directory : folders.all()) {
      look(directory).ifPresent(found::add);
    }
    found.sort(Comparator.comparing(ContainerState::created).reversed());
    return found;
  }

  private Optional<ContainerState> look(Path directory) throws IOException {
    var state = ContainerFolder.read(directory);
    if (state.filter(each -> leftovers.isSettled(each, directory)).isEmpty()) {
      Leftovers.quietly(() -> leftovers.finish(directory));
      state = ContainerFolder.read(directory);
    }
    return state
        .map(each ->
            leftovers.isSettled(each, directory)
                ? asPaused(each, directory)
                : Leftovers.asEnded(each))
        .filter(each -> !leftovers.isGone(each));
  }

  /// Nobody writes down that a container stands still: its control group knows.
  private static ContainerState asPaused(ContainerState state, Path directory) {
    boolean still =
        state.status() == ContainerState.Status.RUNNING
            && ControlGroup.find(directory).filter(ControlGroup::isFrozen).isPresent();
    return still ? state.in(ContainerState.Status.PAUSED) : state;
  }

  /// The container that was made last.
  ///
  /// @throws OciException where there is none
  public ContainerState latest() throws IOException {
    return list().stream()
        .findFirst()
        .orElseThrow(() -> new OciException(OciException.Category.USAGE, "no containers exist"));
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
  ///
  /// @throws OciException where others share its namespaces
  public void remove(ContainerState container, boolean force) throws IOException {
    if (container.isActive() && !force) {
      throw new RunningContainerException(container.id());
    }
    var guests = guests(container);
    if (!guests.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "container %s has dependent containers which must be removed before it: %s: container already exists"
              .formatted(
                  container.id(),
                  String.join(", ", guests.stream().map(ContainerState::id).toList())));
    }
    new Removal(erasure, leftovers).remove(directory(container), container, force);
  }

  /// Those that were made to share namespaces of a container.
  public List<ContainerState> guests(ContainerState container) throws IOException {
    if (!ContainerFolder.mayHaveGuests(directory(container))) {
      return List.of();
    }
    return list().stream().filter(each -> each.sharesNamespacesOf(container.id())).toList();
  }

  /// Where a container is.
  public Path directory(ContainerState container) {
    return folders.of(container.id());
  }

  /// How well a container is, in a word; empty where nothing is checked.
  public String healthOf(ContainerState container) {
    if (container.settings().health() == null) {
      return "";
    }
    try {
      return Health.read(directory(container)).map(Health::status).orElse("");
    } catch (IOException _) {
      return "";
    }
  }

  /// Gives a container another name.
  public void rename(ContainerState container, String name) throws IOException {
    ContainerNames.check(name);
    try (var _ = Locks.exclusive(folders.lock())) {
      makeRoom(name, false);
      var state = ContainerFolder.read(directory(container)).orElse(container);
      names.take(name, state.id());
      ContainerFolder.write(directory(container), state.named(name));
      names.giveBack(container.name(), state.id());
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
    Files.createDirectories(folders.root());
    try (var _ = Locks.exclusive(folders.lock())) {
      if (name != null) {
        makeRoom(name, replace);
      }
      var made =
          state.apply(
              name == null ? ContainerNames.generate(wanted -> holder(wanted).isPresent()) : name);
      names.take(made.name(), made.id());
      return ContainerFolder.create(folders.root(), made);
    }
  }

  /// The container that has a name; known without a look at the others.
  private Optional<ContainerState> holder(String name) {
    try {
      if (names.isMissing()) {
        for (var each : list()) {
          names.take(each.name(), each.id());
        }
      }
      var id = names.id(name);
      return id.isEmpty()
          ? Optional.empty()
          : look(folders.of(id.get())).filter(each -> each.name().equals(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeRoom(String name, boolean replace) throws IOException {
    var holder = holder(ContainerNames.check(name));
    if (holder.isPresent()) {
      makeRoom(holder.get(), replace);
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
  public void discard(ContainerFolder folder) throws IOException {
    erasure.erase(folder.directory(), folder.state());
  }

  /// Removes a container that has ended, where that was asked for and no other needs it.
  ///
  /// @param folder held by this process
  public void removeEnded(ContainerFolder folder) throws IOException {
    leftovers.removeEnded(folder);
  }

  /// Finishes what dead processes have left: containers to be removed at their end go, others are
  /// marked as ended.
  public void sweep() throws IOException {
    leftovers.finish();
  }
}
