package dev.ocij.buildah.run;

import dev.ocij.layer.StackedFolders;
import dev.ocij.layer.TreePath;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An image that a container sees as a folder, as `--mount type=image` asks for it.
///
/// @param destination absolute
/// @param subpath a folder of the image; empty for all of it
public record ImageMount(String image, String destination, boolean writable, String subpath) {

  /// Mounts a copy that is the container's own: it goes with the container, and does not need the
  /// image any more.
  ///
  /// @param directory of the container
  Mount of(StackedFolders tree, Path directory) throws IOException {
    var copy = Files.createTempDirectory(directory, "image-");
    if (!tree.copyTo(TreePath.of(subpath), copy)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "mount image %s on %s: there is no folder %s in it"
              .formatted(Quoted.of(image), Quoted.of(destination), Quoted.of(subpath)));
    }
    return Mount.bind(copy.toString(), destination, writable ? "rw" : "ro", "nosuid", "nodev");
  }
}
