package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.runtime.rootless.HostProcess;
import dev.ocij.spec.OciException;
import dev.ocij.store.Locks;
import dev.ocij.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The containers of a store.
public final class Containers {
  private static final String ID = "[0-9a-f]{64}";
  private static final String LOCK = ".lock";
  private static final String GONE = ".gone-";
  private static final int KILLED = 137;
  private static final int SIGKILL = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Store store;
  private final Path root;
  private final Volumes volumes;
  private final TakenNames names;

  public Containers(Store store) {
    this.store = store;
    this.root = store.containers();
    this.volumes = new Volumes(store.volumes());
    this.names = TakenNames.beside(root);
  }

  /// All containers, the youngest first. What dead processes have left of others is finished: one
  /// that should be removed at its end and has no process any more is not listed.
  public List<ContainerState> list() throws IOException {
    var found = new ArrayList<ContainerState>();
    for (var directory : folders()) {
      look(directory).ifPresent(found::add);
    }
    found.sort(Comparator.comparing(ContainerState::created).reversed());
    return found;
  }

  private Optional<ContainerState> look(Path directory) throws IOException {
    var state = ContainerFolder.read(directory);
    if (state.filter(each -> isSettled(each, directory)).isEmpty()) {
      quietly(() -> sweep(directory));
      state = ContainerFolder.read(directory);
    }
    return state
        .map(each -> isSettled(each, directory) ? asPaused(each, directory) : asEnded(each))
        .filter(each -> !isGone(each));
  }

  /// Whether there is nothing to finish: nobody is at work on it, or somebody who lives.
  private static boolean isSettled(ContainerState state, Path directory) {
    return state.isAtRest() ? !isGone(state) : ContainerFolder.isHeld(directory);
  }

  /// Nobody writes down that a container stands still: its control group knows.
  private static ContainerState asPaused(ContainerState state, Path directory) {
    boolean still =
        state.status() == ContainerState.Status.RUNNING
            && ControlGroup.find(directory).filter(ControlGroup::isFrozen).isPresent();
    return still ? state.in(ContainerState.Status.PAUSED) : state;
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
    if (container.isActive() && !force) {
      throw new RunningContainerException(container.id());
    }
    var directory = directory(container);
    end(directory, container, force);
    var deadline = Instant.now().plus(PATIENCE);
    do {
      try (var folder = ContainerFolder.take(directory).orElse(null)) {
        if (folder != null) {
          killLeft(folder.state());
          delete(directory, folder.state());
        } else {
          endAgain(ContainerFolder.read(directory), force);
        }
      }
      // Whoever else removes it may have found the lock of this look in its way.
      sweep(directory);
    } while (Files.exists(directory) && isBefore(deadline, container));
  }

  /// Where it waits to be started again, it is not.
  private static void end(Path directory, ContainerState container, boolean force)
      throws IOException {
    try {
      ContainerFolder.forbidRestart(directory);
      if (force) {
        kill(container);
      }
    } catch (NoSuchFileException _) {
      // It was removed at its end.
    }
  }

  /// Its policy may have started it again meanwhile.
  private static void endAgain(Optional<ContainerState> container, boolean force) {
    if (force) {
      container.ifPresent(Containers::kill);
    } else if (container.filter(ContainerState::isActive).isPresent()) {
      throw new RunningContainerException(container.get().id());
    }
  }

  /// Kills the first process. Where it belongs to another user of the container's namespace, the
  /// process that waits for it goes, and the kernel lets the container follow.
  private static void kill(ContainerState container) {
    long monitor = container.processes().monitor();
    if (killLeft(container) < 0 && monitor > 0) {
      ProcessHandle.of(monitor).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /// What would be left where the one that waited for it was killed and the kernel did not follow.
  private static long killLeft(ContainerState container) {
    var left = HostProcess.find(container.pid(), container.processes().beginning());
    try (var process = left.orElse(null)) {
      return process == null ? 0 : process.kill(SIGKILL);
    }
  }

  private static boolean isBefore(Instant deadline, ContainerState container) {
    if (Instant.now().isAfter(deadline)) {
      throw new OciException(
          OciException.Category.UNAVAILABLE,
          "remove container %s: another process holds it; try again later"
              .formatted(container.id()));
    }
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /// Where a container is.
  public Path directory(ContainerState container) {
    return root.resolve(container.id());
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
    try (var _ = Locks.exclusive(root.resolve(LOCK))) {
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
    Files.createDirectories(root);
    try (var _ = Locks.exclusive(root.resolve(LOCK))) {
      if (name != null) {
        makeRoom(name, replace);
      }
      var made =
          state.apply(
              name == null ? ContainerNames.generate(wanted -> holder(wanted).isPresent()) : name);
      names.take(made.name(), made.id());
      return ContainerFolder.create(root, made);
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
          : look(root.resolve(id.get())).filter(each -> each.name().equals(name));
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
    delete(folder.directory(), folder.state());
  }

  /// Finishes what dead processes have left: containers to be removed at their end go, others are
  /// marked as ended.
  public void sweep() throws IOException {
    for (var directory : folders()) {
      var state = ContainerFolder.read(directory);
      if (state.filter(each -> isSettled(each, directory)).isEmpty()) {
        sweep(directory);
      }
    }
    for (var rest : folders(Pattern.quote(GONE) + ID)) {
      quietly(() -> Trees.delete(rest));
    }
  }

  private void sweep(Path directory) throws IOException {
    try {
      if (ContainerFolder.read(directory).isEmpty()) {
        sweepOrphan(directory);
        return;
      }
      try (var folder = ContainerFolder.take(directory).orElse(null)) {
        if (folder != null && folder.state().status() != ContainerState.Status.CREATED) {
          sweep(folder);
        }
      }
    } catch (NoSuchFileException _) {
      // Somebody else was quicker.
    }
  }

  private void sweep(ContainerFolder folder) throws IOException {
    killLeft(folder.state());
    ControlGroup.find(folder.directory()).ifPresent(ControlGroup::close);
    if (folder.state().autoRemove()) {
      quietly(() -> delete(folder.directory(), folder.state()));
    } else {
      folder.write(asEnded(folder.state()));
    }
  }

  /// Who makes a container holds the lock of all until it has a state, so that a folder without one
  /// is a rest where nobody makes any.
  private void sweepOrphan(Path directory) throws IOException {
    try (var all = Locks.tryExclusive(root.resolve(LOCK)).orElse(null)) {
      if (all != null
          && ContainerFolder.read(directory).isEmpty()
          && !ContainerFolder.isHeld(directory)) {
        quietly(() -> erase(directory));
      }
    }
  }

  /// What cannot be removed now is tried again by the next command.
  private static void quietly(Removal removal) {
    try {
      removal.run();
    } catch (IOException _) {
      // See above.
    }
  }

  private void delete(Path directory, ContainerState state) throws IOException {
    ControlGroup.find(directory).ifPresent(ControlGroup::close);
    for (var volume : state.volumes()) {
      if (!isShared(volume, state)) {
        volumes.remove(volume);
      }
    }
    names.giveBack(state.name(), state.id());
    erase(directory);
  }

  /// Whether another container has it, by `--volumes-from`.
  private boolean isShared(String volume, ContainerState owner) throws IOException {
    for (var directory : folders()) {
      var other = ContainerFolder.read(directory);
      if (other.isPresent()
          && !other.get().id().equals(owner.id())
          && other.get().settings().volumes().contains(volume)) {
        return true;
      }
    }
    return false;
  }

  /// In one step it is gone for all others; nobody looks for locks in what is only half there.
  private static void erase(Path directory) throws IOException {
    var gone = directory.resolveSibling(GONE + directory.getFileName());
    try {
      Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException _) {
      return; // Somebody else was quicker.
    }
    Trees.delete(gone);
  }

  private List<Path> folders() throws IOException {
    return folders(ID);
  }

  private List<Path> folders(String pattern) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var names = Files.list(root)) {
      return names.filter(path -> String.valueOf(path.getFileName()).matches(pattern)).toList();
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

  @FunctionalInterface
  private interface Removal {
    void run() throws IOException;
  }
}
