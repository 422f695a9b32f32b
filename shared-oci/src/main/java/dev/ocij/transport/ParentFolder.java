package dev.ocij.transport;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder that a file or folder of a destination is made in. Nobody makes it on the way: a path
/// that was mistyped, or a disk that is not mounted, shall be told.
public final class ParentFolder {
  private ParentFolder() {}

  /// @param shown the location, for messages
  /// @throws OciException of category `IO` where there is none
  public static void require(Path path, String shown) {
    var parent = path.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new OciException(
          OciException.Category.IO,
          "write %s: %s: no such file or directory; make that folder first"
              .formatted(shown, Quoted.escape(parent.toString())));
    }
  }

  /// Makes it for who chooses paths below a folder of their own.
  ///
  /// @throws OciException of category `IO` where it cannot be made
  public static void make(Path path) {
    var parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    try {
      Files.createDirectories(parent);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "make the folder %s: %s".formatted(Quoted.escape(parent.toString()), Reason.of(e)),
          e);
    }
  }
}
