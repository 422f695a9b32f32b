package dev.ocij.term;

import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import dev.ocij.transport.registry.auth.Credentials;
import dev.ocij.transport.registry.auth.LoginKey;
import dev.ocij.transport.registry.auth.Logins;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `login` and `logout` have in common: where credentials are kept.
final class LoginFlags {
  private final Supplier<Optional<String>> authfile;
  private final Supplier<Optional<String>> dockerFile;
  private final Supplier<Optional<Boolean>> tlsVerify;

  LoginFlags(Options options) {
    authfile = options.text("--authfile", "PATH", "the file that keeps credentials");
    dockerFile =
        options.text("--compat-auth-file", "PATH", "a file of Docker's that keeps credentials");
    tlsVerify = options.choice("--tls-verify", "demand a good certificate, and never plain HTTP");
  }

  Logins logins(Environment environment) {
    return Logins.of(
        authfile.get().map(Path::of).orElse(null),
        dockerFile.get().map(Path::of).orElse(null),
        environment);
  }

  /// @throws OciException where a file was named, and is not there
  void requireFile(Environment environment) {
    var named =
        authfile
            .get()
            .or(dockerFile)
            .or(() -> environment.variable("REGISTRY_AUTH_FILE"))
            .map(Path::of);
    LocalFile.requireCredentials(named.orElse(null));
  }

  /// What is known before a login.
  Credentials credentials(Environment environment) {
    var given = authfile.get().or(dockerFile).map(Path::of);
    return Credentials.of(given.orElse(null), environment);
  }

  /// Null where the configuration decides.
  @Nullable Boolean tlsVerify() {
    return tlsVerify.get().orElse(null);
  }

  OciException notLoggedIn(LoginKey key) {
    return new OciException(OciException.Category.UNAUTHORIZED, "not logged into " + key);
  }

  static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
