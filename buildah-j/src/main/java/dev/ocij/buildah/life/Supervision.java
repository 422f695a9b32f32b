package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerNetwork;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.rootless.ExternalRuntime;
import dev.ocij.runtime.rootless.PipedStreams;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.runtime.rootless.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One life of a container, from the start of its program to its end: what it shows goes to the log
/// and to an audience, and what becomes of it is written down.
///
/// @param folder held by this process
record Supervision(ContainerFolder folder, Runner runner, Audience audience) {
  private static final int SIGKILL = 9;
  private static final int CHUNK = 1 << 13;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /// @return the exit status
  /// @throws dev.ocij.runtime.rootless.StartException where the program did not begin
  int live(Bundle bundle) throws IOException, InterruptedException {
    var log = ContainerLog.open(folder.directory(), folder.state());
    try (var network = ContainerNetwork.open(bundle, folder.directory())) {
      int status =
          new Supervision(folder, runner.telling(network::serve), audience)
              .live(network.bundle(), log);
      folder.write(folder.state().ended(status, Instant.now()));
      return status;
    } finally {
      if (log.isPresent()) {
        log.get().close();
      }
    }
  }

  private int live(Bundle bundle, Optional<ContainerLog> log)
      throws IOException, InterruptedException {
    boolean terminal = bundle.config().process().terminal();
    if (terminal && runtime() == null) {
      return inTerminal(bundle, log);
    }
    var direct = audience.direct();
    // A runtime brings its own terminal.
    if ((log.isEmpty() || terminal) && direct.isPresent()) {
      var container = start(bundle, direct.get());
      begun(container, null, Optional.empty());
      return container.waitFor();
    }
    return throughPipes(bundle, log);
  }

  private RunningContainer start(Bundle bundle, Stdio stdio) {
    var runtime = runtime();
    return runtime == null
        ? runner.start(bundle, stdio)
        : new ExternalRuntime(runtime).start(bundle, folder.state().id(), stdio);
  }

  private @Nullable String runtime() {
    return folder.state().settings().runtime();
  }

  private int inTerminal(Bundle bundle, Optional<ContainerLog> log)
      throws IOException, InterruptedException {
    try (var terminal = runner.openTerminal(bundle)) {
      audience.fit(terminal);
      var container = runner.start(bundle, terminal);
      begun(container, terminal, Optional.of(terminal.input()));
      var shown = pump(Channel.OUT, terminal.output(), log);
      int status = container.waitFor();
      shown.join(LAST_WORDS);
      return status;
    }
  }

  private int throughPipes(Bundle bundle, Optional<ContainerLog> log)
      throws IOException, InterruptedException {
    var given = audience.input();
    boolean interactive = folder.state().settings().interactive();
    try (var streams = PipedStreams.open(given.isEmpty() && interactive)) {
      var container =
          start(bundle, streams.stdio(given.isPresent() ? given.getAsInt() : nothing()));
      streams.handedOver();
      begun(container, null, streams.in());
      var out = pump(Channel.OUT, streams.out(), log);
      var err = pump(Channel.ERR, streams.err(), log);
      int status = container.waitFor();
      out.join(LAST_WORDS);
      err.join(LAST_WORDS);
      return status;
    }
  }

  private static int nothing() {
    return Stdio.nothing();
  }

  private void begun(
      RunningContainer container, @Nullable Terminal terminal, Optional<java.io.OutputStream> input)
      throws IOException {
    folder.write(folder.state().begun(container.pid(), Instant.now()));
    var settings = folder.state().settings();
    note(settings.pidFile(), container.pid());
    note(settings.monitorFile(), ProcessHandle.current().pid());
    if (settings.timeout() > 0) {
      limit(container, Duration.ofSeconds(settings.timeout()));
    }
    HealthWatch.begin(folder, container);
    audience.begun(container, terminal, input);
  }

  private static void note(@Nullable String file, long pid) throws IOException {
    if (file != null) {
      Files.writeString(Path.of(file), Long.toString(pid));
    }
  }

  private static void limit(RunningContainer container, Duration time) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(time);
            container.kill(SIGKILL);
          } catch (InterruptedException _) {
            // The program is at its end.
          }
        });
  }

  private Thread pump(Channel channel, InputStream from, Optional<ContainerLog> log) {
    return Thread.ofPlatform()
        .daemon()
        .name(channel.text())
        .start(() -> {
          try (from) {
            copy(channel, from, log);
          } catch (IOException _) {
            // Nobody looks any more, and the program learns of it by its closed pipe.
          }
        });
  }

  private void copy(Channel channel, InputStream from, Optional<ContainerLog> log)
      throws IOException {
    var chunk = new byte[CHUNK];
    for (int n = from.read(chunk, 0, CHUNK); n >= 0; n = from.read(chunk, 0, CHUNK)) {
      if (log.isPresent()) {
        log.get().write(channel, chunk, n);
      }
      audience.show(channel, chunk, n);
    }
  }
}
