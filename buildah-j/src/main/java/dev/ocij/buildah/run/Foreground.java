package dev.ocij.buildah.run;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.rootless.HostTerminal;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.runtime.rootless.Terminal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;

/// A container in front of its caller: streams or a terminal, signals, a limit of time.
///
/// @param begun gets the container as soon as its program runs
public record Foreground(RunRequest.Attachment attachment, Consumer<RunningContainer> begun) {
  private static final int SIGKILL = 9;
  private static final int END_OF_TRANSMISSION = 4;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /// Runs to the end.
  ///
  /// @return the exit status
  public int run(Runner runner, Bundle bundle) throws InterruptedException {
    return bundle.config().process().terminal()
        ? inTerminal(runner, bundle)
        : watch(runner.start(bundle, streams()));
  }

  private Stdio streams() {
    return Stdio.attached(attachment.in(), attachment.out(), attachment.err());
  }

  /// The terminal of the caller is raw as long as the container lives.
  private int inTerminal(Runner runner, Bundle bundle) throws InterruptedException {
    try (var terminal = runner.openTerminal(bundle);
        var here = HostTerminal.raw()) {
      here.resize(terminal);
      var container = runner.start(bundle, terminal);
      Signals.resized(() -> here.resize(terminal));
      if (attachment.in()) {
        type(terminal);
      }
      var shown = pump(terminal.output(), new FileOutputStream(FileDescriptor.out));
      int status = watch(container);
      shown.join(LAST_WORDS);
      return status;
    }
  }

  private static void type(Terminal terminal) {
    Thread.ofPlatform()
        .daemon()
        .name("typed")
        .start(() -> {
          try (var input = terminal.input()) {
            copy(new FileInputStream(FileDescriptor.in), input);
            input.write(END_OF_TRANSMISSION);
          } catch (IOException _) {
            // Nobody listens any more.
          }
        });
  }

  /// As [#run], of a container that something else has started.
  public int watch(RunningContainer container) {
    begun.accept(container);
    guard(container);
    return container.waitFor();
  }

  private void guard(RunningContainer container) {
    if (attachment.forward()) {
      Signals.forward(container::kill);
    } else {
      Signals.end(container::kill);
    }
    if (attachment.timeout() > 0) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              Thread.sleep(Duration.ofSeconds(attachment.timeout()));
              container.kill(SIGKILL);
            } catch (InterruptedException _) {
              // The program is at its end.
            }
          });
    }
  }

  private static Thread pump(InputStream from, OutputStream to) {
    return Thread.ofPlatform()
        .daemon()
        .name("shown")
        .start(() -> {
          try {
            copy(from, to);
          } catch (IOException _) {
            // Nobody looks any more.
          }
        });
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    var chunk = new byte[1 << 13];
    for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
      to.write(chunk, 0, n);
      to.flush();
    }
  }
}
