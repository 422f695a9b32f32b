package dev.ocij.transport.registry.auth;

import dev.ocij.config.CredentialHelpers;
import dev.ocij.config.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where credentials are looked up: one file that was named, or the usual ones in their order.
///
/// @param files in the order of the search
/// @param helpers the programs that are asked before and after the files, which are among them as
///   [CredentialHelpers#FILES]
public record Credentials(List<Path> files, List<String> helpers) {
  public Credentials {
    files = List.copyOf(files);
    helpers = List.copyOf(helpers);
  }

  /// @param authfile the only file, if named; else `$REGISTRY_AUTH_FILE`, else the user's files
  public static Credentials of(@Nullable Path authfile, Environment environment) {
    return of(authfile, environment, CredentialHelpers.of(environment));
  }

  /// @param helpers as registries.conf has them
  public static Credentials of(
      @Nullable Path authfile, Environment environment, List<String> helpers) {
    return new Credentials(files(authfile, environment), helpers);
  }

  /// Those that Docker's own login wrote.
  public static Credentials ofDocker(Environment environment) {
    return new Credentials(List.of(docker(environment)), List.of(CredentialHelpers.FILES));
  }

  /// The files that are read; the first of them is the one that a login writes.
  static List<Path> files(@Nullable Path authfile, Environment environment) {
    if (authfile != null) {
      return List.of(authfile);
    }
    return environment
        .variable("REGISTRY_AUTH_FILE")
        .map(only -> List.of(Path.of(only)))
        .orElseGet(() -> usual(environment));
  }

  /// The most specific credential for a repository, from the first file or helper that has one.
  ///
  /// @param registry as in references
  /// @param path empty for the registry itself
  public Credential find(String registry, String path) {
    for (var helper : helpers) {
      var found =
          helper.equals(CredentialHelpers.FILES)
              ? findInFiles(registry, path)
              : new CredentialHelper(helper).get(registry);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return new Credential.Anonymous();
  }

  /// Reads the files as far as [#find] would, though nobody asks for credentials yet: a file that
  /// is broken is told also where the registry wants none. No helper is asked.
  ///
  /// @throws dev.ocij.spec.OciException where one of them is no file of credentials
  public void check(String registry, String path) {
    if (helpers.contains(CredentialHelpers.FILES)) {
      var _ =
          open()
              .flatMap(file -> AuthFile.read(file).stream())
              .anyMatch(auth ->
                  auth.helper(registry).isPresent() || auth.credential(registry, path).isPresent());
    }
  }

  private Optional<Credential> findInFiles(String registry, String path) {
    return open()
        .map(file -> AuthFile.read(file).flatMap(auth -> find(auth, registry, path)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// Without those of the usual files of which nobody tells this user whether they are there: where
  /// only root ran containers yet, `/run/containers` is closed to others.
  private Stream<Path> open() {
    return files.stream()
        .filter(file -> files.size() == 1 || Files.exists(file) || Files.notExists(file));
  }

  private static Optional<Credential> find(AuthFile auth, String registry, String path) {
    return auth.helper(registry)
        .flatMap(helper -> new CredentialHelper(helper).get(registry))
        .or(() -> auth.credential(registry, path));
  }

  private static List<Path> usual(Environment environment) {
    return List.of(
        runtime(environment),
        environment.userConfig().resolve("containers/auth.json"),
        docker(environment),
        environment.home().resolve(AuthFile.LEGACY));
  }

  private static Path docker(Environment environment) {
    return environment
        .variable("DOCKER_CONFIG")
        .map(Path::of)
        .orElse(environment.home().resolve(".docker"))
        .resolve("config.json");
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
