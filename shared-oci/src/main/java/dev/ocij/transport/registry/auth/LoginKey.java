package dev.ocij.transport.registry.auth;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;

/// What a login is for: a registry, or a namespace or repository of it.
///
/// @param path empty for the whole registry
public record LoginKey(String registry, String path) {
  /// @throws OciException where a tag or digest was typed, or no name at all
  public static LoginKey parse(String typed) {
    if (typed.startsWith("http://") || typed.startsWith("https://")) {
      var host = typed.substring(typed.indexOf("//") + 2);
      return new LoginKey(host.replaceFirst("/.*", ""), "");
    }
    int slash = typed.indexOf('/');
    if (slash < 0) {
      return new LoginKey(typed, "");
    }
    if (Reference.hasTagOrDigest(typed)) {
      throw new OciException(
          OciException.Category.USAGE,
          "reference %s contains tag or digest".formatted(Quoted.of(typed)));
    }
    var repository =
        Repository.parse(Repository.namesRegistry(typed) ? typed : "docker.io/" + typed);
    return new LoginKey(repository.registry(), typed.substring(slash + 1));
  }

  @Override
  public String toString() {
    return path.isEmpty() ? registry : registry + "/" + path;
  }
}
