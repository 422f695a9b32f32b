package dev.ocij.runtime.rootless;

import dev.ocij.linux.Pipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Standard streams of a container that this process reads and writes. Closing closes this
/// process's ends.
public final class PipedStreams implements AutoCloseable {
  private final @Nullable Pipe in;
  private final Pipe out;
  private final Pipe err;

  private PipedStreams(@Nullable Pipe in, Pipe out, Pipe err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /// @param input whether the container has something to read at all
  public static PipedStreams open(boolean input) throws IOException {
    return new PipedStreams(input ? Pipe.open() : null, Pipe.open(), Pipe.open());
  }

  /// What the container gets.
  ///
  /// @param in the descriptor that it reads where this process gives it no input
  public Stdio stdio(int in) {
    return new Stdio(this.in == null ? in : this.in.outputDescriptor(), out.input(), err.input());
  }

  /// Lets go of the container's ends: it has them now, and they end with it.
  public void handedOver() {
    if (in != null) {
      in.closeOutput();
    }
    out.closeInput();
    err.closeInput();
  }

  public Optional<OutputStream> in() {
    return in == null ? Optional.empty() : Optional.of(in.source());
  }

  public InputStream out() {
    return out.output();
  }

  public InputStream err() {
    return err.output();
  }

  @Override
  public void close() {
    if (in != null) {
      in.close();
    }
    out.close();
    err.close();
  }
}
