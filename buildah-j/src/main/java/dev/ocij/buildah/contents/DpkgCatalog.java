package dev.ocij.buildah.contents;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Debian's packages: dpkg's status, or a file for each package where images have no dpkg.
final class DpkgCatalog implements Catalog {
  private static final Pattern PLACES =
      Pattern.compile("var/lib/dpkg/(status|status\\.d/[^/]+(?<!\\.md5sums))");
  private static final Pattern INSTALLED = Pattern.compile("|\\S+ \\S+ (installed|triggers-.*)");

  @Override
  public boolean tells(String path) {
    return PLACES.matcher(path).matches();
  }

  @Override
  public List<SoftwarePackage> read(LayeredTree tree, Entry file, OsRelease os) throws IOException {
    return Paragraphs.parse(FileContent.text(tree, file)).stream()
        .filter(fields -> fields.containsKey("package") && fields.containsKey("version"))
        .filter(fields -> INSTALLED.matcher(fields.getOrDefault("status", "")).matches())
        .map(fields -> of(fields, file.path(), os))
        .toList();
  }

  private static SoftwarePackage of(Map<String, String> fields, String path, OsRelease os) {
    var name = fields.getOrDefault("package", "");
    var version = fields.getOrDefault("version", "");
    var qualifiers = Map.of("arch", fields.getOrDefault("architecture", ""), "distro", os.distro());
    return new SoftwarePackage(
        PackageUrl.of("deb", os.idOr("debian"), name, version, qualifiers),
        name,
        version,
        "",
        path);
  }
}
