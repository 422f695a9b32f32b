package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheFolders;
import dev.ocij.buildah.overlay.OwnedTree;
import dev.ocij.buildah.plan.RunMount;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.User;
import dev.ocij.spec.OciException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// The mounts of one command while its container lives.
public final class StepMounts implements Closeable {
  private final List<Mount> mounts = new ArrayList<>();
  private final List<Path> given = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private final List<Path> secrets = new ArrayList<>();
  private final List<Closeable> uses = new ArrayList<>();

  /// Makes those of a command that belongs to no build. Nothing is lent to it.
  ///
  /// @param directory of the container, for copies that go with it
  public static StepMounts open(
      List<RunMount> wanted, CopyOrigins origins, Path directory, CacheFolders caches)
      throws IOException {
    var sources = MountSources.find(wanted, origins);
    return new MountExecution(directory, caches, Lent.NOTHING, sources).open(wanted);
  }

  void add(Mount mount) {
    mounts.add(mount);
  }

  /// @param toUser whether what is mounted is to belong to the user of the command
  void add(Mount mount, boolean toUser) {
    mounts.add(mount);
    if (toUser) {
      given.add(Path.of(mount.source()));
    }
  }

  /// Gives to the user of the command what is to belong to him.
  public void give(Supplier<User> user) throws IOException {
    for (var tree : given) {
      new OwnedTree(tree, user.get()).give();
    }
  }

  /// A file that goes as soon as it is mounted.
  void addSecret(Path file, Mount mount) {
    secrets.add(file);
    mounts.add(mount);
  }

  void addVariable(String name, String value) {
    environment.add(name + "=" + value);
  }

  void addUse(Closeable use) {
    uses.add(use);
  }

  /// What is mounted in another mount comes after that.
  public List<Mount> mounts() {
    return mounts.stream()
        .sorted(Comparator.comparingInt(mount -> mount.destination().split("/").length))
        .toList();
  }

  /// `NAME=value` each.
  List<String> environment() {
    return List.copyOf(environment);
  }

  /// The container has begun: what it sees stays, and has no name on this machine any more.
  void begun() throws IOException {
    for (var secret : secrets) {
      Files.deleteIfExists(secret);
    }
  }

  @Override
  public void close() throws IOException {
    var failures = new ArrayList<IOException>();
    for (var use : uses) {
      try {
        use.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new OciException(
          OciException.Category.IO, "release a cache mount: " + failures, failures.getFirst());
    }
  }
}
