package dev.ocij.buildah.build;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Pipe;
import dev.ocij.runtime.rootless.Stdio;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Passes on what a command writes line by line, each behind a mark, so that the lines of several
/// commands stay whole.
final class MarkedLines implements CommandStreams.Open {
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final int LONGEST_LINE = 1 << 14;

  private final int in;
  private final Pipe out;
  private final Pipe err;
  private final List<Thread> readers;

  private MarkedLines(Stdio target, String mark, Pipe out, Pipe err) {
    this.in = target.in();
    this.out = out;
    this.err = err;
    this.readers = List.of(reader(out, mark, target.out()), reader(err, mark, target.err()));
  }

  static MarkedLines open(Stdio target, String mark) throws IOException {
    var out = Pipe.open();
    try {
      return new MarkedLines(target, mark, out, Pipe.open());
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  @Override
  public Stdio stdio() {
    return new Stdio(in, out.input(), err.input());
  }

  @Override
  public void begun() {
    out.closeInput();
    err.closeInput();
  }

  /// Waits for the last lines, but not for a program that outlives its container.
  @Override
  public void close() {
    begun();
    for (var reader : readers) {
      boolean _ = joined(reader);
    }
  }

  private static boolean joined(Thread reader) {
    try {
      return reader.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Thread reader(Pipe pipe, String mark, int target) {
    return Thread.ofPlatform()
        .daemon()
        .name("lines")
        .start(() -> {
          try (pipe) {
            pass(pipe.output(), mark.getBytes(StandardCharsets.UTF_8), target);
          } catch (IOException _) {
            // Nobody looks any more.
          }
        });
  }

  private static void pass(InputStream from, byte[] mark, int target) throws IOException {
    var bytes = new BufferedInputStream(from);
    var line = new ByteArrayOutputStream();
    for (int b = bytes.read(); b >= 0; b = bytes.read()) {
      if (line.size() == 0) {
        line.write(mark);
      }
      line.write(b);
      if (b == '\n' || line.size() >= LONGEST_LINE) {
        write(line, target);
      }
    }
    if (line.size() > 0) {
      line.write('\n');
      write(line, target);
    }
  }

  private static void write(ByteArrayOutputStream line, int target) throws IOException {
    var bytes = line.toByteArray();
    line.reset();
    var written =
        new LinuxSyscalls()
            .call("write", Operand.of(target), Operand.of(bytes), Operand.of(bytes.length));
    if (written < 0) {
      throw new IOException("write the output of a command");
    }
  }
}
