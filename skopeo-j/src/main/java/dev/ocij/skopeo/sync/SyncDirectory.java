package dev.ocij.skopeo.sync;

import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A directory with images of the transport `dir:` in it, at any depth.
public record SyncDirectory(Path root) {
  /// Its images, in the order of their paths.
  ///
  /// @throws OciException where there are none
  public List<SyncedImage> images(SyncNames names) {
    try (var files = Files.walk(root)) {
      var images =
          files
              .filter(file -> file.endsWith("manifest.json"))
              .map(file -> file.resolveSibling("").normalize())
              .sorted()
              .map(image ->
                  new SyncedImage(
                      new Location("dir", image.toString()), names.of(name(image)), false))
              .toList();
      if (images.isEmpty()) {
        throw new OciException(
            OciException.Category.USAGE,
            "No images to sync found in \"%s\"; expected directories with a manifest.json"
                .formatted(root));
      }
      return images;
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(root, Reason.of(e)), e);
    }
  }

  private String name(Path image) {
    var below = root.normalize().relativize(image).toString();
    return below.isEmpty() ? String.valueOf(image.toAbsolutePath().getFileName()) : below;
  }
}
