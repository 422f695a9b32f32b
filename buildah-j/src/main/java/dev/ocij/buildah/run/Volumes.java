package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The volumes of a store: folders that outlive the containers that they are mounted in.
public record Volumes(Path root) {
  private static final String CONTENT = "_data";
  private static final String LOCK = ".lock";

  /// Where the content of a volume is; may not exist.
  public Path content(String name) {
    return root.resolve(name).resolve(CONTENT);
  }

  /// Makes a volume where there is none.
  ///
  /// @return whether it was made
  boolean create(String name) throws IOException {
    boolean anonymous = name.matches("[0-9a-f]{64}");
    return create(new Volume(name, Instant.now(), Map.of(), Map.of(), anonymous));
  }

  /// Makes this volume where there is none of its name.
  ///
  /// @return whether it was made
  public boolean create(Volume volume) throws IOException {
    ContainerNames.check(volume.name());
    Files.createDirectories(root);
    try (var _ = Locks.exclusive(root.resolve(LOCK))) {
      if (Files.isDirectory(content(volume.name()))) {
        return false;
      }
      var folder = Files.createDirectories(root.resolve(volume.name()));
      Files.write(folder.resolve(Volume.FILE), volume.bytes());
      var options = new VolumeOptions(volume.options());
      if (options.isBind()) {
        Files.createSymbolicLink(content(volume.name()), Path.of(options.device()));
      } else {
        Files.createDirectories(content(volume.name()));
      }
      return true;
    }
  }

  /// All volumes, by name.
  public List<Volume> list() throws IOException {
    var all = new ArrayList<Volume>();
    if (Files.isDirectory(root)) {
      try (var folders = Files.newDirectoryStream(root)) {
        for (var folder : folders) {
          if (Files.isDirectory(folder.resolve(CONTENT))) {
            all.add(read(folder));
          }
        }
      }
    }
    all.sort(Comparator.comparing(Volume::name));
    return all;
  }

  /// The volume of this name, or the only one whose name begins so.
  ///
  /// @throws OciException of category `USAGE` where several do
  public Optional<Volume> find(String name) throws IOException {
    var begun = list().stream().filter(each -> each.name().startsWith(name)).toList();
    var exact = begun.stream().filter(each -> each.name().equals(name)).findFirst();
    if (exact.isEmpty() && begun.size() > 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "more than one result for volume name %s: volume already exists"
              .formatted(Quoted.of(name)));
    }
    return exact.isPresent() || name.isEmpty() ? exact : begun.stream().findFirst();
  }

  /// What a volume is made of; nothing is said of one that there is not.
  VolumeOptions options(String name) throws IOException {
    var folder = root.resolve(name);
    return new VolumeOptions(
        Files.isDirectory(folder) ? read(folder).options() : Map.<String, String>of());
  }

  public void remove(String name) throws IOException {
    Trees.delete(root.resolve(name));
  }

  /// Removes those that go with a pod.
  public void removeOf(Pod pod) throws IOException {
    for (var volume : list()) {
      if (volume.isOf(pod)) {
        remove(volume.name());
      }
    }
  }

  /// One that is older than its description was made by a container.
  private static Volume read(Path folder) throws IOException {
    try {
      return Volume.parse(Files.readAllBytes(folder.resolve(Volume.FILE)));
    } catch (NoSuchFileException _) {
      var created = Files.getLastModifiedTime(folder).toInstant();
      var name = String.valueOf(folder.getFileName());
      return new Volume(name, created, Map.of(), Map.of(), false);
    }
  }
}
