package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.OwnedTree;
import dev.ocij.layer.StackedFolders;
import dev.ocij.layer.TreePath;
import dev.ocij.layer.UnpackRules;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.User;
import dev.ocij.runtime.rootless.HostMounts;
import dev.ocij.runtime.rootless.Propagation;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns what was asked for into mounts: looks up the host's paths, makes volumes, and fills new
/// ones with what the image has there.
///
/// @param below the image, to fill new volumes from; null for a folder as root
/// @param userXattrs whether overlays are mounted in a user namespace
public record ContainerMounts(
    Volumes volumes,
    Path directory,
    @Nullable StackedFolders below,
    User user,
    boolean userXattrs,
    List<String> anonymous) {
  private static final Map<String, String> GUARDS = Map.of("nosuid", "suid", "nodev", "dev");
  private static final Set<String> OURS = Set.of("U", "O", "copy", "nocopy", "z", "Z");

  /// @param usual what may be replaced by a mount at the same place
  public List<Mount> of(List<Mount> usual, List<VolumeMount> wanted) throws IOException {
    var mounts = new LinkedHashMap<String, Mount>();
    usual.forEach(mount -> mounts.put(mount.destination(), mount));
    var taken = new LinkedHashMap<String, VolumeMount>();
    for (var volume : wanted) {
      if (taken.put(volume.destination(), volume) != null) {
        throw new OciException(
            OciException.Category.USAGE,
            "%s: duplicate mount destination".formatted(Quoted.of(volume.destination())));
      }
      mounts.put(volume.destination(), mount(volume));
    }
    return inOrder(mounts);
  }

  /// What is mounted in another mount comes after that.
  private static List<Mount> inOrder(Map<String, Mount> mounts) {
    var ordered = new ArrayList<>(mounts.values());
    ordered.sort((one, other) -> depth(one) - depth(other));
    return ordered;
  }

  private static int depth(Mount mount) {
    return mount.destination().split("/").length;
  }

  private Mount mount(VolumeMount asked) throws IOException {
    var options =
        asked.isNamed()
            ? volumes.options(String.valueOf(asked.source()))
            : new VolumeOptions(Map.of());
    if (options.isMemory()) {
      var words =
          Stream.concat(options.words(), asked.options().stream().filter("ro"::equals)).toList();
      return MountText.tmpfs(
          asked.destination() + (words.isEmpty() ? "" : ":" + String.join(",", words)));
    }
    var volume = asked.with(options.isBind() ? options.words().toList() : List.of());
    var source = volume.isOfHost() ? ofHost(volume) : ofStore(volume);
    HostMounts.requirePropagation(source, volume.propagation());
    if (volume.has("U")) {
      new OwnedTree(source, user).give();
    }
    return volume.has("O") ? overlay(volume, source) : bind(volume, source);
  }

  private static Path ofHost(VolumeMount volume) {
    var path = Path.of(String.valueOf(volume.source())).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "statfs %s: no such file or directory".formatted(Quoted.escape(path.toString())));
    }
    return path;
  }

  private Path ofStore(VolumeMount volume) throws IOException {
    var name = volume.isNamed() ? String.valueOf(volume.source()) : ContainerNames.newId();
    ContainerNames.check(name);
    boolean made = volumes.create(name);
    if (!volume.isNamed()) {
      anonymous.add(name);
    }
    var content = volumes.content(name);
    if (made) {
      give(content);
    }
    if (made && below != null && !volume.has("nocopy")) {
      below.copyTo(TreePath.of(volume.destination()), content);
    }
    return content;
  }

  /// A new volume is for the container's user, unless the image says whose it is.
  private void give(Path content) throws IOException {
    if (UnpackRules.ofThisProcess().ownership() == UnpackRules.Ownership.REAL) {
      new OwnedTree(content, user).give();
    }
  }

  /// Nobody gains powers by a file in a volume of the store, unless that was asked for.
  private static Mount bind(VolumeMount volume, Path source) {
    var options = new ArrayList<>(volume.options());
    options.removeIf(option -> OURS.contains(option) || Propagation.isOne(option));
    options.add(volume.propagation());
    if (!volume.isOfHost()) {
      GUARDS.forEach((guard, open) -> {
        if (!volume.has(open)) {
          options.add(guard);
        }
      });
    }
    return Mount.bind(source.toString(), volume.destination(), options.toArray(String[]::new));
  }

  /// What the container writes is kept in its own folder and goes with it.
  private Mount overlay(VolumeMount volume, Path source) throws IOException {
    var folder = Files.createTempDirectory(directory, "overlay-");
    if (!Files.isDirectory(source)) {
      var copy = Files.copy(source, folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
      return Mount.bind(copy.toString(), volume.destination());
    }
    var upper = Files.createDirectory(folder.resolve("upper"));
    var work = Files.createDirectory(folder.resolve("work"));
    var options =
        new ArrayList<>(List.of("lowerdir=" + source, "upperdir=" + upper, "workdir=" + work));
    if (userXattrs) {
      options.add("userxattr");
    }
    return Mount.of(volume.destination(), "overlay", options.toArray(String[]::new));
  }
}
