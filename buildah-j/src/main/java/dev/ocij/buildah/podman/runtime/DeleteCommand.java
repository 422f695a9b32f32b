package dev.ocij.buildah.podman.runtime;

import dev.ocij.runtime.rootless.HostSignals;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `delete ID`: forgets a container that has ended.
final class DeleteCommand implements Command {
  private static final int KILL = 9;
  private static final int PATIENCE = 1000;
  private static final long TICK = 10_000_000;

  private final Options options = Options.of(this, "Forget a container that has ended.");
  private final Supplier<String> id = options.argument("ID", "of the container");
  private final BooleanSupplier force =
      options.flag("-f, --force", "kill it first; one that is missing is no error");
  private final RuntimeFlags flags;

  DeleteCommand(RuntimeFlags flags) {
    this.flags = flags;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var folder = flags.folder(id.get(), System.getenv());
    if (force.getAsBoolean() && !Files.exists(folder.directory())) {
      return ExitCode.OK;
    }
    var state = folder.read();
    if (state.isAlive()) {
      if (!force.getAsBoolean()) {
        throw new OciException(
            OciException.Category.USAGE,
            "delete container %s: it is %s; stop it, or add --force"
                .formatted(Quoted.of(id.get()), state.status(folder.waits())));
      }
      end(state);
    }
    folder.delete();
    return ExitCode.OK;
  }

  private static void end(RuntimeState state) {
    HostSignals.send(state.pid(), KILL);
    for (int i = 0; i < PATIENCE && state.isAlive(); i++) {
      LockSupport.parkNanos(TICK);
    }
  }
}
