package dev.ocij.buildah.cli;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import dev.ocij.term.StandardOutput;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Where a build tells what it does: standard output, or a log file.
final class LogFlags {
  private static final int CURRENT_DIRECTORY = -100;
  private static final long APPEND_CLOSE_ON_EXEC = 02002001;

  private final Supplier<Optional<String>> file;
  private final BooleanSupplier split;
  private final BooleanSupplier stdin;

  LogFlags(Options options) {
    file = options.text("--logfile", "PATH", "tell the progress here and not on the screen");
    split = options.flag("--logsplit", "add the platform to the name of the log file");
    stdin = options.flag("--stdin", "pass standard input on to commands of RUN");
  }

  /// The lines of the builder, and the streams of its commands.
  ///
  /// @param aside for lines that are none of buildah's
  /// @param watched whether they come on a terminal
  record Told(
      PrintWriter lines, PrintWriter aside, boolean watched, Supplier<Stdio> stdio, Closeable end)
      implements Closeable {
    @Override
    public void close() throws IOException {
      lines.flush();
      end.close();
    }
  }

  /// @param shown whether the screen gets what commands write to standard output
  Told open(PrintWriter out, PrintWriter err, Platform platform, boolean shown) throws IOException {
    return file.get().isEmpty()
        ? new Told(
            out,
            err,
            StandardOutput.isTerminal(),
            Stdio.later(stdin.getAsBoolean(), shown, true),
            () -> {})
        : open(split.getAsBoolean() ? file.get().get() + suffix(platform) : file.get().get());
  }

  private static String suffix(Platform platform) {
    return "_%s_%s".formatted(platform.os(), platform.architecture());
  }

  /// Both append to it, so that their lines stand in the order in which they came.
  private Told open(String name) throws IOException {
    var lines =
        new PrintWriter(
            new OutputStreamWriter(new FileOutputStream(name, true), StandardCharsets.UTF_8));
    var syscalls = new LinuxSyscalls();
    long descriptor =
        syscalls.call(
            "openat",
            Operand.of(CURRENT_DIRECTORY),
            Operand.of(name),
            Operand.of(APPEND_CLOSE_ON_EXEC));
    if (descriptor < 0) {
      lines.close();
      throw new OciException(
          OciException.Category.IO,
          "open log file %s: it cannot be written".formatted(Quoted.of(name)));
    }
    int in = Stdio.attached(stdin.getAsBoolean(), true, true).in();
    var streams = new Stdio(in, (int) descriptor, (int) descriptor);
    return new Told(
        lines,
        lines,
        false,
        () -> streams,
        () -> {
          lines.close();
          syscalls.call("close", Operand.of(descriptor));
        });
  }
}
