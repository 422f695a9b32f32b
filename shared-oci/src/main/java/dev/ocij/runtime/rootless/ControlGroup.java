package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.LinuxConfig.Resources;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A control group of version 2, for one container; it goes when that has ended.
public final class ControlGroup implements AutoCloseable {
  /// The file in a bundle's directory that tells where the group of its container is.
  private static final String NOTE = "cgroup";

  private static final Resources NOTHING = new Resources(null, null, null);

  private final Path directory;

  private ControlGroup(Path directory) {
    this.directory = directory;
  }

  /// Why not all of these limits can be set on this machine; empty where they can. Tried, and taken
  /// back.
  public static Optional<String> obstacle(Resources limits) {
    try (var _ = make(limits)) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "limits of memory and processors are not set: no control group of version 2 is delegated"
              + " to this process (%s); systemd-run --user --scope -p Delegate=yes gives one"
                  .formatted(e.getMessage()));
    }
  }

  /// Why no container can have its group below this one; empty where nothing is known against it.
  ///
  /// @param parent below the mount of control groups
  public static Optional<String> obstacleBelow(String parent) {
    return GroupPlaces.obstacle(below(parent))
        .map(found ->
            "commands are not in a group below %s: %s; name one that is delegated to this user"
                .formatted(Quoted.of(parent), found));
  }

  /// The name of a new group below this one, for a [bundle][dev.ocij.runtime.LinuxConfig].
  public static String below(String parent) {
    return GroupPlaces.below(parent, anyName());
  }

  private static String anyName() {
    return "ocij-" + UUID.randomUUID();
  }

  /// Makes a group with these limits.
  ///
  /// @throws IOException where it, or one of the limits, is not allowed; nothing is left
  static ControlGroup make(Resources limits) throws IOException {
    IOException last = new IOException("there is none on this machine");
    for (var parent : GroupPlaces.ofThisProcess()) {
      try {
        return make(parent, limits);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /// Makes a group in `parent`.
  static ControlGroup make(Path parent, Resources limits) throws IOException {
    return limited(parent, Files.createTempDirectory(parent, "ocij-"), limits);
  }

  private static ControlGroup limited(Path parent, Path directory, Resources limits)
      throws IOException {
    var group = new ControlGroup(directory);
    try {
      limit(parent, directory, limits);
      return group;
    } catch (IOException e) {
      group.close();
      throw e;
    }
  }

  private static void limit(Path parent, Path directory, Resources limits) throws IOException {
    for (var setting : settings(parent, limits).entrySet()) {
      if (!tryWrite(directory.resolve(setting.getKey()), setting.getValue())) {
        throw new IOException(setting.getKey() + " cannot be written there");
      }
    }
  }

  /// What is to be written; the parent hands its controllers on, as far as it may.
  private static Map<String, String> settings(Path parent, Resources limits) {
    var settings = GroupSettings.of(limits);
    settings.keySet().stream()
        .map(file -> "+" + file.substring(0, file.indexOf('.')))
        .distinct()
        .forEach(controller -> {
          var _ = tryWrite(parent.resolve("cgroup.subtree_control"), controller);
        });
    return settings;
  }

  /// The name of a group in which those of several containers are; it goes with the last of them.
  public static String outer(String id) {
    return GroupPlaces.OUTER + id;
  }

  /// Makes a group for those whose names begin with its own and a slash, where these limits can be
  /// set. One that is there gets them.
  ///
  /// @param outer [its name][#outer]
  public static void around(String outer, Resources limits) {
    for (var parent : GroupPlaces.ofThisProcess()) {
      if (around(parent.resolve(outer), parent, limits)) {
        return;
      }
    }
  }

  static boolean around(Path directory, Path parent, Resources limits) {
    boolean there = Files.isDirectory(directory);
    try {
      limit(parent, there ? directory : Files.createDirectory(directory), limits);
      return true;
    } catch (IOException _) {
      return there || !new ControlGroup(directory).remove();
    }
  }

  /// The group of a container that is to be started, with as many of its limits as can be set. Its
  /// place is noted before it is made, so that it can be found if this process dies.
  ///
  /// @return empty where the bundle asks for none, or none may be made
  static Optional<ControlGroup> of(Bundle bundle) {
    var linux = bundle.config().linux();
    var limits = linux.resources() == null ? NOTHING : linux.resources();
    try {
      if (linux.cgroupsPath() != null) {
        return named(bundle.directory(), linux.cgroupsPath(), limits);
      }
      return linux.resources() == null
          ? Optional.empty()
          : named(bundle.directory(), anyName(), limits);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Limits that cannot be set are no reason to fail: [#obstacle] tells who asks.
  private static Optional<ControlGroup> named(Path folder, String name, Resources limits)
      throws IOException {
    for (var wanted : limits.isEmpty() ? List.of(limits) : List.of(limits, NOTHING)) {
      for (var parent : GroupPlaces.of(name, !limits.isEmpty())) {
        var made = in(parent, folder, name, wanted);
        if (made.isPresent()) {
          settings(parent, limits)
              .forEach((file, value) -> {
                var _ = tryWrite(made.get().directory.resolve(file), value);
              });
          return made;
        }
      }
    }
    Files.deleteIfExists(folder.resolve(NOTE));
    return Optional.empty();
  }

  private static Optional<ControlGroup> in(Path parent, Path folder, String name, Resources limits)
      throws IOException {
    var directory = parent.resolve(Path.of(name).getFileName());
    Files.writeString(folder.resolve(NOTE), directory.toString());
    try {
      Files.deleteIfExists(directory);
      return Optional.of(limited(parent, Files.createDirectory(directory), limits));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The group of the container with this bundle's directory, where there is one.
  public static Optional<ControlGroup> find(Path folder) {
    var place = Path.of(Host.read(folder.resolve(NOTE).toString()));
    return place.isAbsolute() && Files.isDirectory(place)
        ? Optional.of(new ControlGroup(place))
        : Optional.empty();
  }

  /// Its folder.
  Path directory() {
    return directory;
  }

  /// The file that a process joins by writing to it.
  Path processes() {
    return directory.resolve("cgroup.procs");
  }

  /// Where it is, below the mount of its hierarchy.
  public String path() {
    return GroupPlaces.shown(directory);
  }

  /// What a file of the group says; null where it has no such file.
  public @Nullable String read(String file) {
    var text = Host.read(directory.resolve(file).toString());
    return text.isEmpty() ? null : text.strip();
  }

  /// Whether its processes stand still.
  public boolean isFrozen() {
    return "1".equals(read("cgroup.freeze"));
  }

  /// Lets its processes stand still, or go on.
  public void freeze(boolean still) throws IOException {
    write("cgroup.freeze", still ? "1" : "0");
  }

  private void write(String file, String value) throws IOException {
    Files.writeString(directory.resolve(file), value);
  }

  static boolean tryWrite(Path file, String value) {
    try {
      Files.writeString(file, value, StandardOpenOption.WRITE);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Ends what still runs in the group, and removes it. The kernel needs a moment for that.
  @Override
  public void close() {
    try {
      if (Files.exists(directory.resolve("cgroup.kill"))) {
        Files.writeString(directory.resolve("cgroup.kill"), "1");
      }
      for (int i = 0; i < 500 && !remove(); i++) {
        // The kernel tells nobody when the last of a group is gone: rmdir is what can be asked.
        Thread.sleep(10);
      }
      GroupPlaces.outer(directory)
          .ifPresent(around -> {
            var _ = new ControlGroup(around).remove();
          });
    } catch (IOException _) {
      // A group that stays is empty, and goes with the session.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean remove() {
    try {
      Files.deleteIfExists(directory);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
