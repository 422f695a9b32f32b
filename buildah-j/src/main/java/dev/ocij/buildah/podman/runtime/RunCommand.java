package dev.ocij.buildah.podman.runtime;

import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.term.Command;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.function.Supplier;

/// `run ID`: makes a container, starts it, and waits for its end.
final class RunCommand implements Command {
  private final Options options = Options.of(this, "Run a container to its end.");
  private final Supplier<String> id = options.argument("ID", "of the container");
  private final Creation creation = new Creation(options);
  private final RuntimeFlags flags;

  RunCommand(RuntimeFlags flags) {
    this.flags = flags;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var folder = flags.folder(id.get(), System.getenv());
    var bundle = creation.bundle();
    var runner = Runner.of(Isolation.probe());
    folder.create();
    try {
      var container = runner.start(bundle, Stdio.inherited());
      folder.write(
          new RuntimeState(
              id.get(),
              bundle.directory().toString(),
              container.pid(),
              RuntimeState.beginning(container.pid()),
              Instant.now().toString(),
              bundle.config().annotations()));
      Files.deleteIfExists(folder.pipe());
      creation.tell(container.pid());
      return container.waitFor();
    } finally {
      folder.delete();
    }
  }
}
