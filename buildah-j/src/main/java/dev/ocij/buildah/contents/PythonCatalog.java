package dev.ocij.buildah.contents;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Python's packages: the metadata of wheels and eggs that were installed.
final class PythonCatalog implements Catalog {
  private static final Pattern PLACES =
      Pattern.compile(
          "(.*/)?[^/]+(\\.dist-info/METADATA|\\.egg-info(/PKG-INFO)?|/EGG-INFO/PKG-INFO)");
  private static final String UNKNOWN = "UNKNOWN";

  @Override
  public boolean tells(String path) {
    return PLACES.matcher(path).matches();
  }

  @Override
  public List<SoftwarePackage> read(LayeredTree tree, Entry file, OsRelease os) throws IOException {
    return Paragraphs.parse(FileContent.text(tree, file)).stream()
        .limit(1)
        .filter(fields -> fields.containsKey("name"))
        .map(fields -> of(fields, file.path()))
        .toList();
  }

  private static SoftwarePackage of(Map<String, String> fields, String path) {
    var name = fields.getOrDefault("name", "");
    var version = fields.getOrDefault("version", "");
    var license = fields.getOrDefault("license-expression", fields.getOrDefault("license", ""));
    var normal = name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    return new SoftwarePackage(
        PackageUrl.of("pypi", "", normal, version, Map.of()),
        name,
        version,
        license.equals(UNKNOWN) ? "" : license,
        path);
  }
}
