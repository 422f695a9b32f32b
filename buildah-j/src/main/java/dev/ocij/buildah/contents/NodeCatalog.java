package dev.ocij.buildah.contents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Node's packages: what npm, yarn and pnpm installed.
final class NodeCatalog implements Catalog {
  private static final Pattern PLACES =
      Pattern.compile("(.*/)?node_modules/(@[^/]+/)?[^/@][^/]*/package\\.json");

  @Override
  public boolean tells(String path) {
    return PLACES.matcher(path).matches();
  }

  /// Nothing where it states no version: then it marks a folder, not a package.
  @Override
  public List<SoftwarePackage> read(LayeredTree tree, Entry file, OsRelease os) throws IOException {
    var what = "%s of the image".formatted(Quoted.of(file.path()));
    var json = Json.readTree(FileContent.read(tree, file), what);
    var name = json.path("name").asText("");
    var version = json.path("version").asText("");
    return name.isEmpty() || version.isEmpty()
        ? List.of()
        : List.of(of(name, version, license(json), file.path()));
  }

  private static SoftwarePackage of(String name, String version, String license, String path) {
    int slash = name.indexOf('/');
    var scope = name.substring(0, Math.max(0, slash));
    return new SoftwarePackage(
        PackageUrl.of("npm", scope, name.substring(slash + 1), version, Map.of()),
        name,
        version,
        license,
        path);
  }

  /// Once it was an object.
  private static String license(JsonNode json) {
    var license = json.path("license");
    return license.isObject() ? license.path("type").asText("") : license.asText("");
  }
}
