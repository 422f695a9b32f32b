package dev.ocij.buildah.context;

import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.layer.Entry;
import dev.ocij.layer.TreePath;
import dev.ocij.linux.SystemCallException;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A directory to copy from, without what an ignore file leaves out. Links on the way to a path are
/// followed as if the directory were all there is, so none leads outside, whatever else changes the
/// directory meanwhile.
///
/// Paths are relative and normal; the root is the empty string. Owners are root's: those of the
/// machine that builds have no meaning in an image. A hard link is a file of its own.
public final class BuildContext implements CopySource {
  private static final String PLACE = "the build context";

  private final VisibleTree tree;
  private final SourceFinder finder;

  private BuildContext(VisibleTree tree) {
    this.tree = tree;
    this.finder = new SourceFinder(tree, PLACE);
  }

  /// @throws OciException of category `NOT_FOUND` if there is no such directory
  public static BuildContext open(Path directory, IgnoreFile ignored) {
    try {
      var real = directory.toRealPath();
      if (Files.isDirectory(real)) {
        return new BuildContext(new VisibleTree(new LocalTree(real), ignored));
      }
    } catch (IOException e) {
      throw absent(directory, Reason.of(e));
    }
    throw absent(directory, "not a directory");
  }

  @Override
  public Optional<Entry> lookup(String path) throws IOException {
    var direct = tree.lookup(path);
    var parent =
        direct.isPresent() ? Optional.<Entry>empty() : finder.follow(TreePath.parent(path));
    if (parent.isEmpty()) {
      return direct;
    }
    var real = TreePath.child(parent.get().path(), TreePath.name(path));
    return tree.lookup(real).map(entry -> entry.withPath(path));
  }

  /// What stands in this directory, sorted by name; where it is a link, in what that leads to.
  @Override
  public List<Entry> list(String directory) throws IOException {
    var direct = tree.list(directory);
    return direct.isEmpty() ? listLinked(directory) : direct;
  }

  @Override
  public InputStream open(Entry file) throws IOException {
    try {
      return tree.open(file);
    } catch (SystemCallException _) {
      return tree.open(real(file));
    }
  }

  @Override
  public Optional<Entry> follow(String path) throws IOException {
    return finder.follow(path);
  }

  /// {@inheritDoc}
  ///
  /// Nothing is also what the ignore file leaves nothing of.
  @Override
  public List<FoundSource> find(String source, boolean deep) throws IOException {
    try {
      return finder.find(source, deep);
    } catch (OciException e) {
      throw isHidden(source, deep) ? excluded(source) : e;
    }
  }

  private List<Entry> listLinked(String directory) throws IOException {
    return finder.children(directory).stream()
        .map(entry -> entry.withPath(TreePath.child(directory, entry.name())))
        .toList();
  }

  /// The file behind the links on the way to it.
  private Entry real(Entry file) throws IOException {
    return finder.follow(file.path()).orElseThrow(() -> new NoSuchFileException(file.path()));
  }

  /// Whether only the ignore file keeps this source away.
  private boolean isHidden(String source, boolean deep) throws IOException {
    try {
      return !new SourceFinder(tree.files(), PLACE).find(source, deep).isEmpty();
    } catch (OciException _) {
      return false;
    }
  }

  private OciException excluded(String source) {
    return new OciException(
        OciException.Category.USAGE,
        "find %s: no such file or directory in %s; excluded by %s"
            .formatted(Quoted.escape(source), PLACE, Quoted.escape(tree.ignored().name())));
  }

  private static OciException absent(Path directory, String found) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "open build context %s: %s".formatted(Quoted.of(directory.toString()), found));
  }
}
