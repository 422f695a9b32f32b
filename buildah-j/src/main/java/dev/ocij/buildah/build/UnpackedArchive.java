package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.Addition;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.Tree;
import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.Owner;
import dev.ocij.layer.TarContent;
import dev.ocij.layer.TarIndex;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;

/// What ADD does with local archives: their content goes where they would have gone.
final class UnpackedArchive {
  private static final int MAGIC_AT = 257;
  private static final String MAGIC = "ustar";

  private UnpackedArchive() {}

  /// Copies the content of a file that is a tar, compressed or not, with its owners and modes.
  ///
  /// @param path of the directory that it is unpacked to
  /// @param owner of that directory, where it is made
  /// @return whether it was one
  static boolean copy(Tree source, Entry file, Additions target, String path, Owner owner)
      throws IOException {
    Blob.Opener plain = () -> Compression.decompressAny(source.open(file));
    if (!isTar(plain)) {
      return false;
    }
    try (var tar = plain.open()) {
      var part = new LayeredTree.Part(TarIndex.read(tar), TarContent.of(plain));
      var directory = target.makeDirectories(path, owner);
      put(LayeredTree.of(List.of(part)), "", target, directory);
    }
    return true;
  }

  private static boolean isTar(Blob.Opener plain) {
    try (var in = new BufferedInputStream(plain.open())) {
      in.skipNBytes(MAGIC_AT);
      return new String(in.readNBytes(MAGIC.length()), java.nio.charset.StandardCharsets.US_ASCII)
          .equals(MAGIC);
    } catch (IOException _) {
      return false;
    }
  }

  private static void put(LayeredTree archive, String directory, Additions target, String path) {
    for (var entry : archive.list(directory)) {
      var placed = path.isEmpty() ? entry.name() : path + "/" + entry.name();
      var stands =
          target.put(new Addition(entry.withPath(placed), () -> archive.open(entry)), Owner.ROOT);
      if (entry.isDirectory()) {
        put(archive, entry.path(), target, stands);
      }
    }
  }
}
