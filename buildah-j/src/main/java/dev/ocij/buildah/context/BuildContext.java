package dev.ocij.buildah.context;

import dev.ocij.layer.Entry;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A directory to copy from, without what an ignore file leaves out. No link in it is ever followed
/// here, whatever else changes the directory meanwhile: a path with a link on the way is absent.
///
/// Paths are relative and normal; the root is the empty string. Owners are root's: those of the
/// machine that builds have no meaning in an image.
public record BuildContext(Path directory, IgnoreFile ignored) {
  /// @throws OciException of category `NOT_FOUND` if there is no such directory
  public static BuildContext of(Path directory, IgnoreFile ignored) {
    try {
      var real = directory.toRealPath();
      if (Files.isDirectory(real)) {
        return new BuildContext(real, ignored);
      }
    } catch (IOException e) {
      throw absent(directory, Reason.of(e));
    }
    throw absent(directory, "not a directory");
  }

  /// What stands at this path; links are not followed.
  public Optional<Entry> lookup(String path) throws IOException {
    return files().lookup(path).filter(this::isVisible);
  }

  /// What stands in this directory, sorted by name.
  public List<Entry> list(String path) throws IOException {
    return files().list(path).stream().filter(this::isVisible).toList();
  }

  /// The content of a file that this context returned; the caller closes it.
  public InputStream open(Entry file) throws IOException {
    return files().open(file.path());
  }

  /// What a source of COPY or ADD names; see [SourceFinder].
  ///
  /// @throws OciException of category `NOT_FOUND` where there is nothing, or nothing that the
  ///   ignore file leaves
  public List<FoundSource> find(String source, boolean deep) throws IOException {
    try {
      return finder(this).find(source, deep);
    } catch (OciException e) {
      throw ignored.rules().isEmpty() ? e : explained(e, source, deep);
    }
  }

  private OciException explained(OciException missing, String source, boolean deep)
      throws IOException {
    try {
      var hidden = finder(new BuildContext(directory, IgnoreFile.NONE)).find(source, deep);
      return new OciException(
          OciException.Category.NOT_FOUND,
          "no items matching glob %s copied (%d filtered out using %s)"
              .formatted(
                  Quoted.of(directory.resolve(source).toString()),
                  hidden.size(),
                  Quoted.of(ignored.name())));
    } catch (OciException _) {
      return missing;
    }
  }

  private static SourceFinder finder(BuildContext context) {
    return new SourceFinder(context.directory.toString(), context::lookup, context::list);
  }

  /// Whether the entry is not left out, or is a directory that holds something which is not.
  private boolean isVisible(Entry entry) {
    var path = entry.path();
    if (path.isEmpty() || !ignored.ignores(path)) {
      return true;
    }
    return entry.isDirectory() && !ignored.ignoresAllOf(path) && holdsVisible(path);
  }

  private boolean holdsVisible(String path) {
    try {
      return !list(path).isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  private LocalTree files() {
    return new LocalTree(directory);
  }

  private static OciException absent(Path directory, String found) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "open build context %s: %s".formatted(Quoted.of(directory.toString()), found));
  }
}
