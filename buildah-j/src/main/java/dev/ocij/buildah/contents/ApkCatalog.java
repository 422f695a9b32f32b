package dev.ocij.buildah.contents;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Alpine's packages.
final class ApkCatalog implements Catalog {
  private static final Pattern PLACES = Pattern.compile("(usr/)?lib/apk/db/installed");

  @Override
  public boolean tells(String path) {
    return PLACES.matcher(path).matches();
  }

  @Override
  public List<SoftwarePackage> read(LayeredTree tree, Entry file, OsRelease os) throws IOException {
    return Paragraphs.parse(FileContent.text(tree, file)).stream()
        .filter(fields -> fields.containsKey("P") && fields.containsKey("V"))
        .map(fields -> of(fields, file.path(), os))
        .toList();
  }

  private static SoftwarePackage of(Map<String, String> fields, String path, OsRelease os) {
    var name = fields.getOrDefault("P", "");
    var version = fields.getOrDefault("V", "");
    var qualifiers = Map.of("arch", fields.getOrDefault("A", ""), "distro", os.distro());
    return new SoftwarePackage(
        PackageUrl.of("apk", os.idOr("alpine"), name, version, qualifiers),
        name,
        version,
        fields.getOrDefault("L", ""),
        path);
  }
}
