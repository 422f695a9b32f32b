package dev.ocij.buildah.podman.runtime;

import dev.ocij.runtime.SignalNumber;
import dev.ocij.runtime.rootless.HostSignals;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `kill ID [SIGNAL]`: sends a signal to the first process of a container.
final class KillCommand implements Command {
  private final Options options = Options.of(this, "Send a signal to a container.");
  private final Supplier<String> id = options.argument("ID", "of the container");
  private final Supplier<List<String>> signal =
      options.arguments("SIGNAL", 0, "a name or a number; default: TERM");
  private final BooleanSupplier all =
      options.flag("-a, --all", "accepted; with its first process all of a container end");
  private final RuntimeFlags flags;

  KillCommand(RuntimeFlags flags) {
    this.flags = flags;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var folder = flags.folder(id.get(), System.getenv());
    var state = folder.read();
    var asked = signal.get().isEmpty() ? "TERM" : signal.get().getFirst();
    int number = asked.matches("0+") ? 0 : SignalNumber.parse(asked); // 0 sends nothing and asks
    if (!state.isAlive()) {
      if (all.getAsBoolean()) {
        return ExitCode.OK;
      }
      throw new OciException(
          OciException.Category.USAGE,
          "kill container %s: it is not running".formatted(Quoted.of(id.get())));
    }
    HostSignals.send(state.pid(), number);
    return ExitCode.OK;
  }
}
