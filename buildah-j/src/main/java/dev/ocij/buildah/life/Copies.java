package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayerWriter;
import dev.ocij.layer.Owner;
import dev.ocij.layer.TreeArchive;
import dev.ocij.linux.Directory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Copies to and from containers.
///
/// @param archive whether what a container gets belongs to its user, whoever it belonged to
/// @param overwrites whether directories and files may take one another's place
public record Copies(Containers containers, boolean archive, boolean overwrites) {

  /// A path of the machine, or of a container.
  public record End(@Nullable ContainerState container, String path) {}

  public void copy(End from, End to) throws IOException, InterruptedException {
    var given = owner(to);
    var taken = new Owners(containers).inside(from.container);
    try (var source = root(from);
        var target = root(to)) {
      new Copying(entry -> given.apply(taken.apply(entry)), overwrites)
          .copy(new Place(source.path(), path(from)), new Place(target.path(), path(to)));
    }
  }

  /// Writes a tar of what a path leads to.
  public void write(End from, OutputStream out) throws IOException {
    try (var source = root(from)) {
      new Copying(new Owners(containers).inside(from.container), overwrites)
          .write(new Place(source.path(), path(from)), out);
    }
  }

  /// Unpacks a tar into a directory.
  public void unpack(InputStream tar, End to) throws IOException {
    try (var target = root(to)) {
      new Copying(new Owners(containers).outside(to.container), overwrites)
          .unpack(tar, new Place(target.path(), path(to)));
    }
  }

  /// Writes the whole file system of a container, without what is mounted in it, as a tar.
  public void export(ContainerState container, OutputStream out) throws IOException {
    try (var root = ContainerRoot.openAlone(containers, container);
        var writer = new LayerWriter(out)) {
      new TreeArchive(writer, new Owners(containers).inside(container)).writeContent(root, "");
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
    var outside = new Owners(containers).outside(to.container);
    if (!archive) {
      return outside;
    }
    var user = ContainerFolder.config(containers.directory(to.container)).process().user();
    var owner = new Owner(user.uid(), user.gid());
    return entry -> outside.apply(entry.withAttributes(entry.attributes().withOwner(owner)));
  }
}
