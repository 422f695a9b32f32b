package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.Addition;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.overlay.TarFile;
import dev.ocij.buildah.overlay.Tree;
import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.Owner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Optional;

/// What ADD does with local archives: their content goes where they would have gone.
final class UnpackedArchive {
  private UnpackedArchive() {}

  /// The tree in a file that is a tar, compressed or not; empty where it is none.
  static Optional<LayeredTree> open(StageLayers layers, Tree source, Entry file)
      throws IOException {
    Blob.Opener plain = () -> Compression.decompressAny(source.open(file));
    if (!TarFile.isTar(plain)) {
      return Optional.empty();
    }
    return Optional.of(
        isCompressed(source, file)
            ? layers.archive(plain, false)
            : layers.archive(() -> source.open(file), true));
  }

  /// Copies all that an archive holds, with its owners and modes, to a directory.
  static void put(LayeredTree archive, Additions target, String path) {
    put(archive, "", target, path);
  }

  private static boolean isCompressed(Tree source, Entry file) throws IOException {
    try (var in = new BufferedInputStream(source.open(file))) {
      return Compression.detect(in) != Compression.NONE;
    }
  }

  private static void put(LayeredTree archive, String directory, Additions target, String path) {
    for (var entry : archive.list(directory)) {
      var placed = path.isEmpty() ? entry.name() : path + "/" + entry.name();
      var stands =
          target.put(
              new Addition(
                  entry.withPath(placed),
                  () -> archive.open(entry),
                  entry.isFile() ? archive.identity(entry) : Optional.empty()),
              Owner.ROOT);
      if (entry.isDirectory()) {
        put(archive, entry.path(), target, stands);
      }
    }
  }
}
