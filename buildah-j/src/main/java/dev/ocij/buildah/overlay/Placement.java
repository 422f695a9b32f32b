package dev.ocij.buildah.overlay;

import dev.ocij.layer.Attributes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How sources are copied to a destination, as COPY and ADD do: a directory gives its content, a
/// file goes into a directory under its own name.
///
/// @param owner of everything copied; null keeps the source's where `keepOwner` is set, else root
/// @param keepOwner whether the source's owners mean something here, as those of another stage do
/// @param mode of what is copied, links aside
/// @param excluded paths in the source tree that are left out, with all below
public record Placement(
    @Nullable Owner owner, boolean keepOwner, Mode mode, Predicate<String> excluded) {

  /// The permission bits of a copy.
  @FunctionalInterface
  public interface Mode {
    Mode KEPT = (mode, _) -> mode;

    int of(int mode, boolean directory);
  }

  /// Copies one source.
  ///
  /// @param source what stands at the source's path in `tree`
  /// @param destination relative to the root; links in it are followed
  /// @param intoDirectory whether the destination is a directory in any case: it ends with a slash,
  ///   or there are several sources
  public void copy(
      Tree tree, Entry source, Additions target, String destination, boolean intoDirectory)
      throws IOException {
    if (source.isDirectory()) {
      copyContent(tree, source, target, target.makeDirectories(destination, ownerOr(Owner.ROOT)));
      return;
    }
    var name = source.path().substring(source.path().lastIndexOf('/') + 1);
    boolean inside = intoDirectory || target.isDirectory(destination);
    var path = inside ? join(destination, name) : destination;
    put(tree, source, target, path);
  }

  /// Copies one source to exactly this path, a directory with all it holds.
  public void copyAs(Tree tree, Entry source, Additions target, String path) throws IOException {
    if (excluded.test(source.path())) {
      return;
    }
    var placed = put(tree, source, target, path);
    if (source.isDirectory()) {
      copyContent(tree, source, target, placed);
    }
  }

  /// Copies a directory alone, to exactly this path.
  public void copyDirectory(Entry directory, Additions target, String path) {
    var placed = directory.withPath(path).withAttributes(attributes(directory));
    target.put(Addition.of(placed), ownerOr(Owner.ROOT));
  }

  private void copyContent(Tree tree, Entry directory, Additions target, String path)
      throws IOException {
    for (var child : tree.list(directory.path())) {
      copyAs(tree, child, target, join(path, child.name()));
    }
  }

  private String put(Tree tree, Entry source, Additions target, String path) {
    var placed = source.withPath(path).withAttributes(attributes(source));
    return target.put(
        new Addition(placed, () -> tree.open(source), identity(tree, source)), ownerOr(Owner.ROOT));
  }

  private static Optional<Object> identity(Tree tree, Entry source) {
    return source.isFile() ? tree.identity(source) : Optional.empty();
  }

  private Attributes attributes(Entry source) {
    var owned =
        source
            .attributes()
            .withOwner(ownerOr(keepOwner ? source.attributes().owner() : Owner.ROOT));
    return source.isSymlink() ? owned : owned.withMode(mode.of(owned.mode(), source.isDirectory()));
  }

  private Owner ownerOr(Owner otherwise) {
    return owner == null ? otherwise : owner;
  }

  private static String join(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}
