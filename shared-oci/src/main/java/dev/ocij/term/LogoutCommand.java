package dev.ocij.term;

import dev.ocij.config.Environment;
import dev.ocij.transport.registry.auth.Credential;
import dev.ocij.transport.registry.auth.Credentials;
import dev.ocij.transport.registry.auth.LoginKey;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `logout REGISTRY`: forgets the credentials that a login kept.
public final class LogoutCommand implements Command {
  private final Options options = Options.of(this, "Log out of a registry.");
  private final Supplier<List<String>> registries =
      options.arguments("REGISTRY", 0, "as at the login");
  private final LoginFlags flags = new LoginFlags(options);
  private final BooleanSupplier all =
      options.flag("-a, --all", "forget the credentials of all registries");

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    flags.requireFile(Environment.system());
    var logins = flags.logins(Environment.system());
    if (all.getAsBoolean()) {
      refuseArguments();
      logins.forgetAll();
      options.out().println("Removed login credentials for all registries");
      return ExitCode.OK;
    }
    var key = LoginKey.parse(registry());
    if (logins.forget(key)) {
      options.out().println("Removed login credentials for " + key);
    } else if (isKnownToDocker(key)) {
      options
          .out()
          .println(
              "Not logged into %s with current tool. Existing credentials were established via docker login. Please use docker logout instead."
                  .formatted(key));
    } else {
      throw flags.notLoggedIn(key);
    }
    return ExitCode.OK;
  }

  private static boolean isKnownToDocker(LoginKey key) {
    var found = Credentials.ofDocker(Environment.system()).find(key.registry(), key.path());
    return !(found instanceof Credential.Anonymous);
  }

  private void refuseArguments() {
    if (!registries.get().isEmpty()) {
      throw LoginFlags.usage("--all takes no arguments");
    }
  }

  private String registry() {
    if (registries.get().isEmpty()) {
      throw LoginFlags.usage("please provide a registry to log out from");
    }
    if (registries.get().size() > 1) {
      throw LoginFlags.usage("logout accepts only one registry to log out from");
    }
    return registries.get().getFirst();
  }
}
