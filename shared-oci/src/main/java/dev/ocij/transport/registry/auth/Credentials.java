package dev.ocij.transport.registry.auth;

import dev.ocij.config.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where credentials are looked up: one file that was named, or the usual ones in their order.
///
/// @param files in the order of the search
public record Credentials(List<Path> files) {
  public Credentials {
    files = List.copyOf(files);
  }

  /// @param authfile the only file, if named; else `$REGISTRY_AUTH_FILE`, else the user's files
  public static Credentials of(@Nullable Path authfile, Environment environment) {
    if (authfile != null) {
      return new Credentials(List.of(authfile));
    }
    return environment
        .variable("REGISTRY_AUTH_FILE")
        .map(only -> new Credentials(List.of(Path.of(only))))
        .orElseGet(() -> new Credentials(usual(environment)));
  }

  /// The most specific credential for a repository, from the first file that has one.
  ///
  /// @param registry as in references
  /// @param path empty for the registry itself
  public Credential find(String registry, String path) {
    for (var file : files) {
      var found = AuthFile.read(file).flatMap(auth -> find(auth, registry, path));
      if (found.isPresent()) {
        return found.get();
      }
    }
    return new Credential.Anonymous();
  }

  private static Optional<Credential> find(AuthFile auth, String registry, String path) {
    return auth.helper(registry)
        .flatMap(helper -> new CredentialHelper(helper).get(registry))
        .or(() -> auth.credential(registry, path));
  }

  private static List<Path> usual(Environment environment) {
    var docker =
        environment
            .variable("DOCKER_CONFIG")
            .map(Path::of)
            .orElse(environment.home().resolve(".docker"));
    return List.of(
        runtime(environment),
        environment.userConfig().resolve("containers/auth.json"),
        docker.resolve("config.json"));
  }

  private static Path runtime(Environment environment) {
    var directory =
        environment
            .variable("XDG_RUNTIME_DIR")
            .map(Path::of)
            .orElseGet(() -> environment.system("run/containers").resolve(environment.userId()));
    return environment.variable("XDG_RUNTIME_DIR").isPresent()
        ? directory.resolve("containers/auth.json")
        : directory.resolve("auth.json");
  }
}
