package dev.ocij.runtime.rootless;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where control groups of version 2 are on this machine.
final class GroupPlaces {
  /// Version 2 alone, or beside version 1.
  private static final List<Path> MOUNTS =
      List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"));

  /// How groups of several containers are called.
  static final String OUTER = "ocij-pod-";

  private GroupPlaces() {}

  private static Optional<Path> mount() {
    return MOUNTS.stream()
        .filter(mount -> Files.exists(mount.resolve("cgroup.controllers")))
        .findFirst();
  }

  /// Where a group of this process's may be. A group with processes of its own cannot limit others
  /// below it: then one beside it.
  static List<Path> ofThisProcess() {
    var own = own();
    return mount().stream()
        .flatMap(mount -> {
          var group = mount.resolve(own).normalize();
          return group.equals(mount)
              ? Stream.of(mount)
              : Stream.of(group, group.resolve("..").normalize());
        })
        .toList();
  }

  /// Where the group of this name may be: one that begins with a slash says it, below the mount;
  /// groups on the way are made.
  ///
  /// @param limited whether groups on the way hand on what controllers they may
  /// @throws IOException where one cannot be made
  static List<Path> of(String name, boolean limited) throws IOException {
    var mount = mount();
    if (!name.startsWith("/")) {
      return ofThisProcess().stream().map(place -> inside(place, name, limited)).toList();
    }
    if (mount.isEmpty()) {
      return List.of();
    }
    var group = mount.get();
    for (var component : name.substring(0, name.lastIndexOf('/')).split("/")) {
      if (limited) {
        handOn(group);
      }
      group = group.resolve(component);
      if (!Files.isDirectory(group)) {
        Files.createDirectory(group);
      }
    }
    return List.of(group);
  }

  /// Where the group of this name is below a place: in the group around it, where there is one.
  static Path inside(Path place, String name, boolean limited) {
    var parent = place.resolve(name).resolveSibling("");
    boolean around = !parent.equals(place) && Files.isDirectory(parent);
    if (around && limited) {
      handOn(parent);
    }
    return around ? parent : place;
  }

  /// The group around one; empty where it is in none of ours.
  static Optional<Path> outer(Path group) {
    return Optional.ofNullable(group.getParent())
        .filter(parent -> String.valueOf(parent.getFileName()).startsWith(OUTER));
  }

  /// What keeps the group of this name, which begins with a slash, from being made.
  static Optional<String> obstacle(String name) {
    var mount = mount();
    if (mount.isEmpty()) {
      return Optional.of("there are no control groups of version 2 on this machine");
    }
    var group = mount.get().resolve(name.substring(1)).resolveSibling("");
    while (!Files.isDirectory(group)) {
      group = group.resolve("..").normalize();
    }
    return Files.isWritable(group)
        ? Optional.empty()
        : Optional.of("%s may not be written".formatted(shown(group)));
  }

  private static void handOn(Path group) {
    for (var controller : Host.read(group.resolve("cgroup.controllers").toString()).split("\\s+")) {
      var _ = ControlGroup.tryWrite(group.resolve("cgroup.subtree_control"), "+" + controller);
    }
  }

  /// A name for a group below this one, for a bundle.
  ///
  /// @param parent as callers write it, below the mount
  /// @throws OciException of category `USAGE` where it leads out of that
  static String below(String parent, String name) {
    var path = Path.of("/" + parent).normalize();
    if (List.of(parent.split("/")).contains("..")) {
      throw new OciException(
          OciException.Category.USAGE,
          "make a control group below %s: it leads out of the mount; name it from its root"
              .formatted(Quoted.of(parent)));
    }
    return path.resolve(name).toString();
  }

  private static String own() {
    return Host.read("/proc/self/cgroup")
        .lines()
        .filter(line -> line.startsWith("0::/"))
        .map(line -> line.substring("0::/".length()))
        .findFirst()
        .orElse("");
  }

  /// Where a group is, below the mount of its hierarchy.
  static String shown(Path group) {
    return MOUNTS.reversed().stream()
        .filter(group::startsWith)
        .findFirst()
        .map(mount -> "/" + mount.relativize(group))
        .orElse(group.toString());
  }
}
