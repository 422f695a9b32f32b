package dev.ocij.buildah.build;

import dev.ocij.runtime.rootless.Stdio;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;

/// Where the commands of a stage read and write.
///
/// @param mark what each of their lines begins with; empty where no other stage writes to the same
///   place
record CommandStreams(Supplier<Stdio> stdio, String mark) {

  /// The streams of one command.
  interface Open extends Closeable {
    Stdio stdio();

    /// The command has them now.
    void begun();
  }

  Open open() throws IOException {
    return mark.isEmpty() ? new Shared(stdio.get()) : MarkedLines.open(stdio.get(), mark);
  }

  /// As they are.
  private record Shared(Stdio stdio) implements Open {
    @Override
    public void begun() {}

    @Override
    public void close() {}
  }
}
