package dev.ocij.term;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import dev.ocij.transport.registry.RegistryLogin;
import dev.ocij.transport.registry.RegistryOptions;
import dev.ocij.transport.registry.auth.Credential;
import dev.ocij.transport.registry.auth.LoginKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `login REGISTRY`: asks for a name and a password, shows them to the registry, and keeps them for
/// later commands.
public final class LoginCommand implements Command {
  private final Options options = Options.of(this, "Log in to a registry.");
  private final Supplier<List<String>> registries =
      options.arguments("REGISTRY", 0, "a registry, or a namespace of one");
  private final LoginFlags flags = new LoginFlags(options);
  private final Supplier<Optional<String>> certDir =
      options.text("--cert-dir", "DIR", "authorities and client certificates");
  private final BooleanSupplier getLogin =
      options.flag("--get-login", "print who is logged in, and do nothing");
  private final Supplier<Optional<String>> username =
      options.text("-u, --username", "USER", "the name, in place of asking");
  private final Supplier<Optional<String>> password =
      options.text("-p, --password", "PASSWORD", "the password, in place of asking");
  private final BooleanSupplier passwordStdin =
      options.flag("--password-stdin", "read the password from standard input");
  private final BooleanSupplier verbose =
      options.flag("-v, --verbose", "tell where the credentials are kept");
  private final Supplier<Environment> environment;
  private final @Nullable Secrets secrets;
  private final Supplier<Optional<String>> secret;

  public LoginCommand() {
    this(Environment::system);
  }

  /// @param environment where configuration is, known when the command begins
  public LoginCommand(Supplier<Environment> environment) {
    this(environment, null);
  }

  /// A tool that keeps secrets, one of which may be the password.
  public static LoginCommand with(Secrets secrets) {
    return new LoginCommand(Environment::system, secrets);
  }

  private LoginCommand(Supplier<Environment> environment, @Nullable Secrets secrets) {
    this.environment = environment;
    this.secrets = secrets;
    this.secret =
        secrets == null
            ? Optional::empty
            : options.text("--secret", "NAME", "the secret that is the password");
  }

  /// Secrets by their names.
  @FunctionalInterface
  public interface Secrets {
    /// @throws OciException where there is none of this name
    byte[] content(String name) throws IOException;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    refuseContradictions();
    var key = LoginKey.parse(registry());
    var logins = flags.logins(environment.get());
    var known = flags.credentials(environment.get()).find(key.registry(), key.path());
    if (getLogin.getAsBoolean()) {
      options.out().println(user(known).orElseThrow(() -> flags.notLoggedIn(key)));
      return ExitCode.OK;
    }
    boolean another =
        username.get().isPresent() || password.get().isPresent() || secret.get().isPresent();
    if (!another && isStillGood(key, known)) {
      return ExitCode.OK;
    }
    var credential = asked(user(known).orElse(""));
    RegistryLogin.check(key.registry(), registryOptions(credential));
    var keeper = logins.keep(key, credential);
    if (verbose.getAsBoolean()) {
      options.out().println("Used:  " + keeper);
    }
    options.out().println("Login Succeeded!");
    return ExitCode.OK;
  }

  private boolean isStillGood(LoginKey key, Credential known) throws IOException {
    if (known instanceof Credential.Anonymous) {
      return false;
    }
    options.out().println("Authenticating with existing credentials for " + key);
    try {
      RegistryLogin.check(key.registry(), registryOptions(known));
      options.out().println("Existing credentials are valid. Already logged in to " + key);
      return true;
    } catch (OciException e) {
      if (e.category() != OciException.Category.UNAUTHORIZED) {
        throw e;
      }
      options
          .out()
          .println("Existing credentials are invalid, please enter valid username and password");
      return false;
    }
  }

  private Credential.Password asked(String known) throws IOException {
    if (secret.get().isPresent()) {
      return ofSecret(secret.get().get());
    }
    var prompt = new LoginPrompt(options.out());
    var user = username.get().isPresent() ? username.get().get() : prompt.user(known);
    if (passwordStdin.getAsBoolean()) {
      return new Credential.Password(user, LoginPrompt.passwordFromStdin());
    }
    var secret = password.get().isPresent() ? password.get().get() : prompt.password();
    return new Credential.Password(user, secret);
  }

  /// Without a name it is the secret's.
  private Credential.Password ofSecret(String name) throws IOException {
    var content = Objects.requireNonNull(secrets).content(name);
    return new Credential.Password(username.get().orElse(name), new String(content, UTF_8).strip());
  }

  private RegistryOptions registryOptions(Credential credential) {
    return RegistryOptions.of(environment.get())
        .withCredential(credential)
        .withCertDir(certDir.get().map(Path::of).orElse(null))
        .withTlsVerify(flags.tlsVerify());
  }

  private static Optional<String> user(Credential known) {
    return known instanceof Credential.Password password
        ? Optional.of(password.user())
        : Optional.empty();
  }

  private void refuseContradictions() {
    if (secret.get().isPresent() && (passwordStdin.getAsBoolean() || password.get().isPresent())) {
      throw LoginFlags.usage("--secret can not be used with --password or --password-stdin");
    }
    if (passwordStdin.getAsBoolean() && password.get().isPresent()) {
      throw LoginFlags.usage("can't specify both --password-stdin and --password");
    }
    if (passwordStdin.getAsBoolean() && username.get().isEmpty()) {
      throw LoginFlags.usage("must provide --username with --password-stdin");
    }
  }

  private String registry() {
    if (registries.get().isEmpty()) {
      throw LoginFlags.usage("please provide a registry to log in to");
    }
    if (registries.get().size() > 1) {
      throw LoginFlags.usage("login accepts only one registry to log in to");
    }
    return registries.get().getFirst();
  }
}
