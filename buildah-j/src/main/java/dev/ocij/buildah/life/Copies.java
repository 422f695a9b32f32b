package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayerWriter;
import dev.ocij.layer.Owner;
import dev.ocij.layer.TreeArchive;
import dev.ocij.linux.Directory;
import dev.ocij.runtime.IdMaps;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Copies to and from containers.
///
/// @param archive whether what a container gets belongs to its user, whoever it belonged to
/// @param overwrites whether directories and files may take one another's place
public record Copies(Containers containers, boolean archive, boolean overwrites) {
  private static final long NOBODY = 65534;

  /// A path of the machine, or of a container.
  public record End(@Nullable ContainerState container, String path) {}

  public void copy(End from, End to) throws IOException, InterruptedException {
    var given = owner(to);
    var taken = inside(from.container);
    try (var source = root(from);
        var target = root(to)) {
      new Copying(entry -> given.apply(taken.apply(entry)), overwrites)
          .copy(new Place(source.path(), path(from)), new Place(target.path(), path(to)));
    }
  }

  /// Writes a tar of what a path leads to.
  public void write(End from, OutputStream out) throws IOException {
    try (var source = root(from)) {
      new Copying(inside(from.container), overwrites)
          .write(new Place(source.path(), path(from)), out);
    }
  }

  /// Unpacks a tar into a directory.
  public void unpack(InputStream tar, End to) throws IOException {
    try (var target = root(to)) {
      new Copying(outside(to.container), overwrites)
          .unpack(tar, new Place(target.path(), path(to)));
    }
  }

  /// Writes the whole file system of a container, without what is mounted in it, as a tar.
  public void export(ContainerState container, OutputStream out) throws IOException {
    try (var root = ContainerRoot.openAlone(containers, container);
        var writer = new LayerWriter(out)) {
      new TreeArchive(writer, inside(container)).writeContent(root, "");
    }
  }

  private Directory root(End end) throws IOException {
    return end.container == null
        ? Directory.open(Path.of("/"))
        : ContainerRoot.open(containers, end.container);
  }

  private static String path(End end) {
    if (end.container != null) {
      return end.path.startsWith("/") ? end.path : "/" + end.path;
    }
    var absolute = Path.of("").toAbsolutePath() + "/" + end.path;
    return end.path.startsWith("/") ? end.path : absolute;
  }

  /// What comes to the machine belongs to the caller.
  private UnaryOperator<Entry> owner(End to) throws IOException {
    if (to.container == null) {
      return entry -> entry.withAttributes(entry.attributes().withOwner(Owner.ROOT));
    }
    var outside = outside(to.container);
    if (!archive) {
      return outside;
    }
    var user = ContainerFolder.config(containers.directory(to.container)).process().user();
    var owner = new Owner(user.uid(), user.gid());
    return entry -> outside.apply(entry.withAttributes(entry.attributes().withOwner(owner)));
  }

  /// Owners as the container knows them, of files as they are here.
  private UnaryOperator<Entry> inside(@Nullable ContainerState container) throws IOException {
    var maps = maps(container);
    return maps.isEmpty()
        ? entry -> entry
        : shifting(owner ->
            new Owner(
                (int) maps.get().uids().inside(owner.uid()).orElse(NOBODY),
                (int) maps.get().gids().inside(owner.gid()).orElse(NOBODY)));
  }

  /// Owners as they are here, of files as the container knows them.
  private UnaryOperator<Entry> outside(@Nullable ContainerState container) throws IOException {
    var maps = maps(container);
    return maps.isEmpty()
        ? entry -> entry
        : shifting(owner ->
            new Owner((int) maps.get().uid(owner.uid()), (int) maps.get().gid(owner.gid())));
  }

  private static UnaryOperator<Entry> shifting(UnaryOperator<Owner> owners) {
    return entry ->
        entry.withAttributes(
            entry.attributes().withOwner(owners.apply(entry.attributes().owner())));
  }

  /// Of a container in a user namespace of its own.
  private Optional<IdMaps> maps(@Nullable ContainerState container) throws IOException {
    if (container == null) {
      return Optional.empty();
    }
    var linux = ContainerFolder.config(containers.directory(container)).linux();
    return linux.mapsIds() ? Optional.of(IdMaps.of(linux)) : Optional.empty();
  }
}
