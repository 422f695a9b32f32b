package dev.ocij.buildah.podman.system;

import dev.ocij.buildah.podman.Confirmation;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `system prune`: removes what nobody uses, and tells how much space that gave.
public final class SystemPruneCommand implements Command {
  private final Options options = Options.of(this, "Remove what nobody uses.");
  private final BooleanSupplier all = options.flag("-a, --all", "images with names too");
  private final BooleanSupplier volumes = options.flag("--volumes", "volumes too");
  private final BooleanSupplier force = options.flag("-f, --force", "ask nothing");
  private final Supplier<List<String>> filters =
      options.texts("--filter", "until=TIME|label=LABEL", "only such things");
  private final StoreFlags store;

  public SystemPruneCommand(StoreFlags store) {
    options.flag("--build", "accepted; buildah-j prune removes what builds remember");
    options.flag("--external", "accepted; working containers of buildah-j stay");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (!force.getAsBoolean() && !new Confirmation(options, System.in).ask(warning())) {
      return ExitCode.OK;
    }
    var opened = store.store();
    long before = bytes();
    new SystemPrune(opened, all.getAsBoolean(), volumes.getAsBoolean(), filters.get())
        .prune()
        .forEach(this::tell);
    options.out().println("Total reclaimed space: " + Usage.size(Math.max(0, before - bytes())));
    return ExitCode.OK;
  }

  private void tell(String title, List<String> gone) {
    if (!gone.isEmpty()) {
      options.out().println(title);
      gone.forEach(options.out()::println);
    }
  }

  private long bytes() throws IOException {
    return Usage.of(store.store()).stream().mapToLong(Usage::bytes).sum();
  }

  private String warning() {
    return """
    WARNING! This command removes:
    \t- all stopped containers
    %s\t- all %s
    """
        .formatted(
            volumes.getAsBoolean() ? "\t- all volumes not used by at least one container\n" : "",
            all.getAsBoolean()
                ? "images without at least one container associated with them"
                : "dangling images");
  }
}
