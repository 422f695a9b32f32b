package dev.ocij.buildah.contents;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// Java's archives, and those inside them.
final class JarCatalog implements Catalog {
  static final Pattern ARCHIVE = Pattern.compile("(.*/)?[^/]+\\.(jar|war|ear)");

  @Override
  public boolean tells(String path) {
    return ARCHIVE.matcher(path).matches();
  }

  @Override
  public List<SoftwarePackage> read(LayeredTree tree, Entry file, OsRelease os) throws IOException {
    try (var content = tree.open(file)) {
      return new JarContent(file.path(), 0).read(content);
    }
  }
}
