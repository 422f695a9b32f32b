package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;
import dev.ocij.store.Locks;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The pods of a store: a file each.
public final class Pods {
  private static final String END = ".json";

  private final Path root;

  public Pods(Store store) {
    this.root = store.pods();
  }

  /// All pods, the youngest first.
  public List<Pod> list() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    var found = new ArrayList<Pod>();
    try (var files = Files.newDirectoryStream(root, "*" + END)) {
      for (var file : files) {
        try {
          found.add(Pod.parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
          // Removed meanwhile.
        }
      }
    }
    found.sort(Comparator.comparing(Pod::created).reversed());
    return found;
  }

  /// The pod of this name, or whose id begins so.
  ///
  /// @throws OciException of category `NOT_FOUND` without one, `USAGE` with several
  public Pod find(String nameOrId) throws IOException {
    var all = list();
    for (var pod : all) {
      if (pod.name().equals(nameOrId) || pod.id().equals(nameOrId)) {
        return pod;
      }
    }
    var begun = all.stream().filter(each -> each.id().startsWith(nameOrId)).toList();
    if (begun.isEmpty() || nameOrId.isEmpty()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "no pod with name or ID %s found: no such pod".formatted(nameOrId));
    }
    if (begun.size() > 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "more than one result for pod ID %s: pod ID prefix is ambiguous".formatted(nameOrId));
    }
    return begun.getFirst();
  }

  /// The pod that was made last.
  ///
  /// @throws OciException of category `NOT_FOUND` where there is none
  public Pod latest() throws IOException {
    return list().stream()
        .findFirst()
        .orElseThrow(() ->
            new OciException(
                OciException.Category.NOT_FOUND, "no pods in the local store: no such pod"));
  }

  /// Remembers a new pod, whole.
  ///
  /// @throws OciException where its name is taken
  void add(Pod pod) throws IOException {
    Files.createDirectories(root);
    try (var _ = Locks.exclusive(root.resolve(".lock"))) {
      if (list().stream().anyMatch(each -> each.name().equals(pod.name()))) {
        throw taken(pod.name());
      }
      var pending = root.resolve(pod.id() + ".new");
      Files.write(pending, pod.bytes());
      Files.move(pending, file(pod), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  static OciException taken(String name) {
    return new OciException(
        OciException.Category.USAGE,
        "adding pod to state: name \"%s\" is in use: pod already exists".formatted(name));
  }

  /// Forgets a pod; its containers are gone before.
  public void forget(Pod pod) throws IOException {
    Files.deleteIfExists(file(pod));
  }

  private Path file(Pod pod) {
    return root.resolve(pod.id() + END);
  }

  /// The containers of a pod, the infra container first, then the oldest.
  public static List<ContainerState> members(Containers containers, Pod pod) throws IOException {
    var found = new ArrayList<ContainerState>();
    for (var container : containers.list()) {
      var member = container.settings().pod();
      if (member != null && member.id().equals(pod.id())) {
        found.add(container);
      }
    }
    found.sort(
        Comparator.comparing((ContainerState each) -> !each.isInfra())
            .thenComparing(ContainerState::created));
    return found;
  }
}
