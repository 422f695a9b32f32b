package dev.ocij.buildah.podman.runtime;

import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.rootless.Entry;
import dev.ocij.runtime.rootless.HostProcess;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.runtime.rootless.Terminal;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `exec ID [COMMAND…]`: one more program in a container.
final class ExecCommand implements Command {
  private final Options options =
      Options.of(this, "Run one more program in a container.").stoppingAtFirstArgument();
  private final ExecutedProcess process = new ExecutedProcess(options);
  private final BooleanSupplier detach =
      options.flag("-d, --detach", "do not wait for its end, which is not this command's");
  private final Supplier<Optional<String>> pidFile =
      options.text("--pid-file", "PATH", "gets the number of the process");
  private final Supplier<Optional<String>> console =
      options.text("--console-socket", "PATH", "gets the terminal");
  private final RuntimeFlags flags;

  ExecCommand(RuntimeFlags flags) {
    this.flags = flags;
    options.text("--preserve-fds", "N", "only 0: descriptors behind the standard streams close");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var id = process.id();
    var state = flags.folder(id, System.getenv()).read();
    var container = RuntimeBundle.read(Path.of(state.bundle())).config();
    var wanted = process.of(container.process());
    if (wanted.terminal() && console.get().isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "enter the container: a terminal is asked for; --console-socket says who gets it");
    }
    try (var first = first(id, state)) {
      return run(
          first,
          wanted,
          terminal ->
              new Entry(
                  first,
                  wanted,
                  container.linux().seccomp(),
                  terminal,
                  detach.getAsBoolean(),
                  List.of()));
    }
  }

  private interface Entries {
    Entry of(@Nullable String terminal);
  }

  private int run(HostProcess first, ContainerProcess wanted, Entries entries) {
    var runner = Runner.entering();
    if (!wanted.terminal()) {
      return begun(runner.enter(entries.of(null), Stdio.inherited()));
    }
    try (var terminal = Terminal.in(first)) {
      terminal.send(Path.of(console.get().orElseThrow()));
      int nothing = Stdio.nothing();
      var streams = new Stdio(nothing, nothing, nothing);
      return begun(runner.enter(entries.of(terminal.path()), streams));
    }
  }

  private int begun(RunningContainer running) {
    pidFile.get().ifPresent(file -> Creation.write(file, Long.toString(running.pid())));
    return detach.getAsBoolean() ? ExitCode.OK : running.waitFor();
  }

  private static HostProcess first(String id, RuntimeState state) {
    return HostProcess.find(state.pid(), state.beginning())
        .orElseThrow(() ->
            new OciException(
                OciException.Category.USAGE,
                "enter container %s: it is not running".formatted(Quoted.of(id))));
  }
}
