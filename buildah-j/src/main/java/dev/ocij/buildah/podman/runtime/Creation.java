package dev.ocij.buildah.podman.runtime;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// How `create` and `run` make a container.
final class Creation {
  private final Options options;
  private final Supplier<Optional<String>> bundle;
  private final Supplier<Optional<String>> pidFile;
  private final Supplier<Optional<String>> console;

  Creation(Options options) {
    this.options = options;
    bundle = options.text("-b, --bundle", "DIR", "the bundle; default: here");
    pidFile = options.text("--pid-file", "PATH", "gets the number of the first process");
    console = options.text("--console-socket", "PATH", "gets the terminal");
    options.text("--preserve-fds", "N", "only 0: descriptors behind the standard streams close");
    options.flag("--no-pivot", "accepted; the root is changed by pivot_root in any case");
    options.flag("--no-new-keyring", "accepted; each container has one of its own");
  }

  /// The bundle that was named, which must be one that can be followed.
  Bundle bundle() {
    var read = RuntimeBundle.read(Path.of(bundle.get().orElse(".")).toAbsolutePath().normalize());
    if (read.config().process().terminal() && console.get().isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "create the container: a terminal is asked for; --console-socket says who gets it");
    }
    if (RuntimeBundle.hasLimits(read)) {
      options
          .err()
          .println(
              LogLine.warning("limits of control groups are not implemented yet; none is set"));
    }
    return read;
  }

  /// Makes a container whose program waits.
  RuntimeState create(RuntimeFolder folder, String id) throws IOException {
    var wanted = bundle();
    var runner = Runner.of(Isolation.probe());
    folder.create();
    boolean done = false;
    try {
      long pid = hold(runner, wanted, folder.pipe());
      var state =
          new RuntimeState(
              id,
              wanted.directory().toString(),
              pid,
              RuntimeState.beginning(pid),
              Instant.now().toString(),
              wanted.config().annotations());
      folder.write(state);
      tell(pid);
      done = true;
      return state;
    } finally {
      if (!done) {
        folder.delete();
      }
    }
  }

  private long hold(Runner runner, Bundle wanted, Path pipe) throws IOException {
    if (!wanted.config().process().terminal()) {
      return runner.hold(wanted, pipe, OptionalLong.empty());
    }
    var terminal = runner.openTerminal(wanted);
    long pid = runner.hold(wanted, pipe, terminal.devpts());
    terminal.send(Path.of(console.get().orElseThrow()));
    return pid;
  }

  void tell(long pid) {
    pidFile.get().ifPresent(file -> write(file, Long.toString(pid)));
  }

  static void write(String file, String text) {
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "write %s: %s".formatted(file, Reason.of(e)), e);
    }
  }
}
