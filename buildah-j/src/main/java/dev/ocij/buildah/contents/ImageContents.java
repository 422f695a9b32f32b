package dev.ocij.buildah.contents;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The software in an image.
///
/// @param distribution `debian`, with its version as `12`; empty where the image does not say
/// @param packages sorted, each once for each file that tells of it
public record ImageContents(
    String distribution, String distributionVersion, List<SoftwarePackage> packages) {
  private static final List<Catalog> CATALOGS =
      List.of(
          new DpkgCatalog(),
          new ApkCatalog(),
          new RpmCatalog(),
          new JarCatalog(),
          new NodeCatalog(),
          new PythonCatalog());

  public ImageContents {
    packages = List.copyOf(packages);
  }

  /// Looks at every file that the image shows.
  ///
  /// @throws dev.ocij.spec.OciException where a package database cannot be read
  public static ImageContents of(LayeredTree tree) throws IOException {
    var os = OsRelease.of(tree);
    var found = new TreeSet<SoftwarePackage>();
    collect(tree, "", os, found);
    return new ImageContents(os.id(), os.version(), new ArrayList<>(found));
  }

  private static void collect(
      LayeredTree tree, String directory, OsRelease os, SortedSet<SoftwarePackage> found)
      throws IOException {
    for (var entry : tree.list(directory)) {
      if (entry.isDirectory()) {
        collect(tree, entry.path(), os, found);
      } else if (entry.isFile()) {
        read(tree, entry, os, found);
      }
    }
  }

  private static void read(
      LayeredTree tree, Entry file, OsRelease os, SortedSet<SoftwarePackage> found)
      throws IOException {
    for (var catalog : CATALOGS) {
      if (catalog.tells(file.path())) {
        found.addAll(catalog.read(tree, file, os));
      }
    }
  }
}
