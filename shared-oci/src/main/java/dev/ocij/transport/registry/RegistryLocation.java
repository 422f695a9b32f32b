package dev.ocij.transport.registry;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;

/// `//name[:tag|@digest]`.
record RegistryLocation(String name) {
  static RegistryLocation parse(String rest) {
    if (!rest.startsWith("//") || rest.length() == 2) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid image name %s: expected a name behind docker://, as in docker://alpine"
              .formatted(Quoted.of("docker:" + rest)));
    }
    return new RegistryLocation(rest.substring(2));
  }

  /// The image, by the tag `latest` where there is neither tag nor digest.
  Reference reference() {
    int at = name.indexOf('@');
    if (at > 0 && Reference.hasTagOrDigest(name.substring(0, at))) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid image name %s: Docker references with both a tag and digest are currently not supported"
              .formatted(Quoted.of("docker://" + name)));
    }
    return Reference.parse(name);
  }

  /// All images of that name.
  Repository repository() {
    if (Reference.hasTagOrDigest(name)) {
      throw new OciException(OciException.Category.USAGE, "No tag or digest allowed in reference");
    }
    return Repository.parse(name);
  }
}
