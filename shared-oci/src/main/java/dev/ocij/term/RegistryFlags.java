package dev.ocij.term;

import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.transport.registry.auth.Credential;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How registries are reached: the options of every command that asks one, with a prefix where a
/// command has two ends.
public final class RegistryFlags {
  private final Supplier<Optional<String>> authfile;
  private final Supplier<Optional<String>> creds;
  private final Supplier<Optional<String>> username;
  private final Supplier<Optional<String>> password;
  private final BooleanSupplier noCreds;
  private final Supplier<Optional<String>> registryToken;
  private final Supplier<Optional<String>> certDir;
  private final Supplier<Optional<Boolean>> tlsVerify;

  /// @param prefix `src-`, `dest-` or nothing
  public RegistryFlags(Options options, String prefix) {
    authfile =
        options.text("--" + prefix + "authfile", "PATH", "where credentials are, and only there");
    creds = creds(options, prefix);
    username = options.text("--" + prefix + "username", "USER", "log in as this user");
    password = options.text("--" + prefix + "password", "PASSWORD", "with this password");
    noCreds = options.flag("--" + prefix + "no-creds", "do not log in");
    registryToken =
        options.text("--" + prefix + "registry-token", "TOKEN", "send this bearer token");
    certDir =
        options.text("--" + prefix + "cert-dir", "DIR", "authorities and client certificates");
    tlsVerify =
        options.choice(
            "--" + prefix + "tls-verify", "demand a good certificate, and never plain HTTP");
  }

  /// Where there are two ends, old lines say `--screds` and `--dcreds`.
  private static Supplier<Optional<String>> creds(Options options, String prefix) {
    var named = options.text("--" + prefix + "creds", "USER[:PASSWORD]", "log in as this user");
    if (prefix.isEmpty()) {
      return named;
    }
    var old = options.oldText("--" + prefix.charAt(0) + "creds");
    return () -> named.get().or(old);
  }

  /// @param otherAuthfile where nothing was said here; null for the usual places
  public RegistryOptions options(Environment environment, @Nullable Path otherAuthfile) {
    return RegistryOptions.of(environment)
        .withCredential(credential())
        .withAuthfile(authfile.get().map(Path::of).orElse(otherAuthfile))
        .withCertDir(certDir.get().map(Path::of).orElse(null))
        .withTlsVerify(tlsVerify.get().orElse(null));
  }

  private @Nullable Credential credential() {
    refuseBoth(creds.get().isPresent(), noCreds.getAsBoolean(), "creds and no-creds");
    refuseBoth(creds.get().isPresent(), username.get().isPresent(), "creds and username");
    refuseBoth(username.get().isPresent(), noCreds.getAsBoolean(), "username and no-creds");
    if (username.get().isPresent() != password.get().isPresent()) {
      throw usage(
          username.get().isPresent()
              ? "password must be specified when username is specified"
              : "username must be specified when password is specified");
    }
    if (noCreds.getAsBoolean()) {
      return new Credential.Anonymous();
    }
    if (registryToken.get().isPresent()) {
      return new Credential.RegistryToken(registryToken.get().get());
    }
    return username
        .get()
        .map(user -> password(user, password.get().orElse("")))
        .or(() -> creds.get().map(RegistryFlags::parse))
        .orElse(null);
  }

  private static Credential parse(String creds) {
    if (creds.isEmpty()) {
      throw usage("credentials can't be empty");
    }
    int colon = creds.indexOf(':');
    return colon < 0
        ? password(creds, "")
        : password(creds.substring(0, colon), creds.substring(colon + 1));
  }

  private static Credential password(String user, String secret) {
    if (user.isEmpty()) {
      throw usage("username can't be empty");
    }
    return new Credential.Password(user, secret);
  }

  private static void refuseBoth(boolean one, boolean other, String names) {
    if (one && other) {
      throw usage(names + " cannot be specified at the same time");
    }
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
