package dev.ocij.buildah.podman.secret;

import dev.ocij.buildah.podman.Failures;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.Secret;
import dev.ocij.buildah.run.Secrets;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `secret rm NAME…`: removes secrets. Containers that were given them keep their copies.
final class SecretRmCommand implements Command {
  private final Options options = Options.of(this, "Remove secrets.");
  private final Supplier<List<String>> names = options.arguments("NAME", 0, "or ids of secrets");
  private final BooleanSupplier all = options.flag("-a, --all", "all secrets");
  private final BooleanSupplier ignore = options.flag("-i, --ignore", "missing ones are no error");
  private final StoreFlags store;

  SecretRmCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (names.get().isEmpty() == !all.getAsBoolean()) {
      throw Values.usage("choose at least one secret, or all by --all, but not both");
    }
    var secrets = new Secrets(store.store().secrets());
    var wanted =
        all.getAsBoolean() ? secrets.list().stream().map(Secret::id).toList() : names.get();
    var failures = new Failures();
    for (var name : wanted) {
      attempt(secrets, name, failures);
    }
    if (failures.all().isEmpty()) {
      return ExitCode.OK;
    }
    options.out().flush();
    options.err().println("Error: " + failures.sentence());
    return ExitCode.TOOL_FAILED;
  }

  private void attempt(Secrets secrets, String name, Failures failures) throws IOException {
    try {
      var secret = secrets.require(name);
      secrets.remove(secret);
      options.out().println(secret.id());
    } catch (OciException e) {
      if (!ignore.getAsBoolean() || e.category() != OciException.Category.NOT_FOUND) {
        failures.add(e);
      }
    }
  }
}
