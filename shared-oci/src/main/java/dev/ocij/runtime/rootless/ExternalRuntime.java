package dev.ocij.runtime.rootless;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.runtime.Bundle;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// An installed runtime, such as crun or runc, that runs our bundles instead of us: the command
/// line that OCI runtimes share.
///
/// @param program a name looked up in the PATH, or a path
/// @param options of the program, before its command
public record ExternalRuntime(String program, List<String> options) {
  /// The mount goes with the namespace, which goes with the runtime.
  private static final List<String> WITH_OVERLAY =
      List.of(
          "unshare",
          "--mount",
          "--propagation=slave",
          "sh",
          "-c",
          "cd \"$1\" && mount -t overlay -o \"$2\" overlay \"$3\" && cd \"$3/..\" && shift 3 &&"
              + " exec \"$@\"",
          "sh");

  private static final Pattern MISSING =
      Pattern.compile("not found|no such file", Pattern.CASE_INSENSITIVE);
  private static final int NOT_FOUND = 127;
  private static final int NOT_INVOKED = 126;
  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;

  public ExternalRuntime {
    options = List.copyOf(options);
  }

  public ExternalRuntime(String program) {
    this(program, List.of());
  }

  /// The same with one more option.
  public ExternalRuntime with(String option) {
    var more = new ArrayList<>(options);
    more.add(option);
    return new ExternalRuntime(program, more);
  }

  /// Writes `config.json` into the bundle and starts it, on its overlay where it has one. Returns
  /// when the container is there.
  ///
  /// @param id of the container, unique among those of the runtime
  /// @throws StartException where its program did not begin
  public RunningContainer start(Bundle bundle, String id, Stdio stdio) {
    var directory = bundle.directory().toAbsolutePath();
    var pidFile = directory.resolve("runtime.pid");
    var log = directory.resolve("runtime.log");
    prepare(bundle, pidFile, log);
    var line = new ArrayList<>(mounting(bundle));
    line.addAll(call("--log=" + log, "run"));
    line.addAll(List.of("--bundle=" + directory, "--pid-file=" + pidFile, id));
    return running(start(connected(new ProcessBuilder(line), stdio)), id, pidFile, log);
  }

  /// A line of the runtime, wherever it is run.
  private List<String> call(String... arguments) {
    var line = new ArrayList<String>();
    line.add(program.contains("/") ? Path.of(program).toAbsolutePath().toString() : program);
    line.addAll(options);
    line.addAll(List.of(arguments));
    return line;
  }

  /// What stands before the line of the runtime.
  private static List<String> mounting(Bundle bundle) {
    if (bundle.overlay().isEmpty()) {
      return List.of();
    }
    var overlay = bundle.overlay().get();
    var base = OverlayOptions.base(overlay.lowers());
    var line = new ArrayList<>(WITH_OVERLAY);
    line.add(base.toString());
    line.add(OverlayOptions.of(overlay, base, Host.isUserNamespace()));
    line.add(bundle.rootfs().toString());
    return List.copyOf(line);
  }

  private static void prepare(Bundle bundle, Path pidFile, Path log) {
    var directory = bundle.directory().toAbsolutePath();
    try {
      Files.createDirectories(directory);
      Files.write(directory.resolve("config.json"), bundle.config().bytes());
      Files.deleteIfExists(pidFile);
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new OciException(Category.IO, "write %s: %s".formatted(directory, Reason.of(e)), e);
    }
  }

  private static ProcessBuilder connected(ProcessBuilder line, Stdio stdio) {
    return line.redirectInput(stdio.in() == 0 ? Redirect.INHERIT : Redirect.from(file(stdio.in())))
        .redirectOutput(stdio.out() == 1 ? Redirect.INHERIT : Redirect.to(file(stdio.out())))
        .redirectError(stdio.err() == 2 ? Redirect.INHERIT : Redirect.to(file(stdio.err())));
  }

  private static File file(int descriptor) {
    return new File("/proc/self/fd/" + descriptor);
  }

  private Process start(ProcessBuilder line) {
    try {
      return line.start();
    } catch (IOException e) {
      throw new OciException(
          Category.IMPOSSIBLE,
          "run by %s: it cannot be started (%s); is it installed?"
              .formatted(Quoted.of(program), Reason.of(e)),
          e);
    }
  }

  /// The process is the runtime's, which waits for that of the container.
  private RunningContainer running(Process process, String id, Path pidFile, Path log) {
    try {
      while (process.isAlive() && pid(pidFile) == 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      long pid = pid(pidFile);
      if (pid == 0) {
        throw failed(process.exitValue(), log);
      }
      var container = new RunningContainer(new LinuxSyscalls(), pid);
      var _ = process.onExit().thenAccept(ended -> finish(container, id, ended.exitValue()));
      return container;
    } catch (IOException e) {
      process.destroy();
      throw new OciException(
          Category.IO, "run by %s: %s".formatted(Quoted.of(program), Reason.of(e)), e);
    }
  }

  /// A runtime that was killed leaves its container running, and what it remembers of it.
  private void finish(RunningContainer container, String id, int status) {
    container.kill(SIGKILL);
    if (status > SIGNALLED) {
      forget(id);
    }
    container.ended(status);
  }

  private void forget(String id) {
    try {
      new ProcessBuilder(call("delete", "--force", id))
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException _) {
      // The next start tells.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return 0 until it is written
  private static long pid(Path file) throws IOException {
    var text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.matches("[0-9]+") ? Long.parseLong(text) : 0;
  }

  private StartException failed(int status, Path log) throws IOException {
    var lines = Files.exists(log) ? Files.readString(log).strip().lines().toList() : null;
    var said =
        lines == null || lines.isEmpty()
            ? "it ended with status %d".formatted(status)
            : Quoted.escape(lines.getLast());
    return StartException.reported(
        MISSING.matcher(said).find() ? NOT_FOUND : NOT_INVOKED,
        "run by %s: %s".formatted(Quoted.of(program), said));
  }
}
