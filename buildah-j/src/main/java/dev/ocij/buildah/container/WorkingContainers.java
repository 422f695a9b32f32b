package dev.ocij.buildah.container;

import dev.ocij.buildah.overlay.BuildFolder;
import dev.ocij.buildah.overlay.Trees;
import dev.ocij.buildah.run.ContainerNames;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Locks;
import dev.ocij.store.Store;
import dev.ocij.transport.local.LocalImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The working containers of a store.
public record WorkingContainers(Store store) {
  private static final String LOCK = ".lock";

  /// All of them, the oldest first.
  public List<WorkingContainer> list() throws IOException {
    var all = new ArrayList<WorkingContainer>();
    for (var folder : folders()) {
      read(folder).ifPresent(all::add);
    }
    all.sort(Comparator.comparing(WorkingContainer::created));
    return all;
  }

  /// Those that were made of this image.
  public List<WorkingContainer> of(LocalImage image) throws IOException {
    return list().stream().filter(each -> image.id().equals(each.base().id())).toList();
  }

  /// The container of this name, or whose id begins so.
  ///
  /// @throws OciException of category `NOT_FOUND` without one
  public WorkingContainer find(String nameOrId) throws IOException {
    var all = list();
    var named = all.stream().filter(each -> each.name().equals(nameOrId)).findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    var begun = all.stream().filter(each -> each.id().startsWith(nameOrId)).toList();
    if (begun.size() != 1 || nameOrId.isEmpty()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "reading build container %s: container not known".formatted(Quoted.of(nameOrId)));
    }
    return begun.getFirst();
  }

  /// The container, for this process alone until it is closed.
  public OpenContainer open(String nameOrId) throws IOException {
    return OpenContainer.open(store, find(nameOrId));
  }

  /// Remembers a new container.
  ///
  /// @param name what it shall be called
  /// @param distinct whether a name that is taken gets a number
  WorkingContainer create(String name, boolean distinct, Function<String, WorkingContainer> begun)
      throws IOException {
    store.create();
    Files.createDirectories(store.containers());
    try (var _ = lockNames()) {
      var created = begun.apply(distinct ? free(name) : checked(name));
      OpenContainer.create(store, created);
      return created;
    }
  }

  /// Gives a container another name.
  public void rename(String nameOrId, String name) throws IOException {
    try (var container = open(nameOrId);
        var _ = lockNames()) {
      if (container.state().name().equals(name)) {
        throw new OciException(
            OciException.Category.USAGE,
            "renaming a container with the same name as its current name");
      }
      var holder = named(name);
      if (holder.isPresent()) {
        throw new OciException(
            OciException.Category.USAGE,
            "the container name \"%s\" is already in use by container \"%s\""
                .formatted(name, holder.get().id()));
      }
      ContainerNames.check(name);
      container.write(container.state().with(draft -> draft.name = name));
    }
  }

  /// Removes a container with all that is its own.
  public void remove(WorkingContainer known) throws IOException {
    try (var container = OpenContainer.open(store, known)) {
      remove(container);
    }
  }

  /// Removes a container that is open.
  public void remove(OpenContainer container) throws IOException {
    try (var _ = lockNames()) {
      MountedTree.unmount(container.directory());
      // Without a state it is no container any more; what a crash leaves goes with the next sweep.
      Files.delete(container.directory().resolve(Store.STATE));
      BuildFolder.removeRuns(container.directory());
      Trees.delete(container.directory());
    }
  }

  /// Removes what commands left that were killed.
  public void sweep() throws IOException {
    if (!Files.isDirectory(store.containers())) {
      return;
    }
    try (var _ = lockNames()) {
      for (var folder : folders()) {
        if (!Files.exists(folder.resolve(Store.STATE))) {
          MountedTree.unmount(folder);
          BuildFolder.removeRuns(folder);
          Trees.delete(folder);
        }
      }
    }
  }

  private Locks.Held lockNames() throws IOException {
    return Locks.exclusive(store.containers().resolve(LOCK));
  }

  private Optional<WorkingContainer> named(String name) throws IOException {
    return list().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private String checked(String name) throws IOException {
    ContainerNames.check(name);
    var holder = named(name);
    if (holder.isPresent()) {
      throw new OciException(
          OciException.Category.USAGE,
          ("creating container: the container name \"%s\" is already in use by %s. You have to"
                  + " remove that container to be able to reuse that name: that name is already in"
                  + " use")
              .formatted(name, holder.get().id()));
    }
    return name;
  }

  private String free(String wanted) throws IOException {
    var taken = list().stream().map(WorkingContainer::name).toList();
    return Stream.concat(
            Stream.of(wanted), Stream.iterate(1, n -> n + 1).map(n -> wanted + "-" + n))
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> folders() throws IOException {
    if (!Files.isDirectory(store.containers())) {
      return List.of();
    }
    try (var all = Files.newDirectoryStream(store.containers(), Store.WORKING + "*")) {
      var folders = new ArrayList<Path>();
      all.forEach(folders::add);
      return folders;
    }
  }

  private static Optional<WorkingContainer> read(Path folder) throws IOException {
    try {
      return Optional.of(OpenContainer.read(folder));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }
}
