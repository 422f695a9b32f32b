package dev.ocij.buildah.podman.secret;

import dev.ocij.buildah.run.Secrets;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.function.Supplier;

/// `secret exists NAME`: ends with 0 where there is such a secret, else with 1.
final class SecretExistsCommand implements Command {
  private final Options options =
      Options.of(this, "Tell by the status whether there is such a secret.");
  private final Supplier<String> name = options.argument("NAME", "or id of a secret");
  private final StoreFlags store;

  SecretExistsCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var secrets = new Secrets(store.store().secrets());
    return secrets.find(name.get()).isPresent() ? ExitCode.OK : ExitCode.FAILED;
  }
}
