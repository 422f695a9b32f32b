package dev.ocij.buildah.life;

import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.runtime.rootless.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Who sees what a container shows, and types what it reads.
interface Audience {
  /// A descriptor that the container reads itself; without one it reads what this process writes.
  default OptionalInt input() {
    return OptionalInt.empty();
  }

  /// Streams that the container gets itself where nothing is logged.
  default Optional<Stdio> direct() {
    return Optional.empty();
  }

  /// Gives a terminal the size of the one that it is seen in; before the program starts, which may
  /// ask at once.
  default void fit(Terminal terminal) {}

  /// Tells that the program runs.
  ///
  /// @param input what it reads, where this process writes that
  void begun(RunningContainer container, @Nullable Terminal terminal, Optional<OutputStream> input);

  /// Shows a part of an output.
  ///
  /// @throws IOException where nobody will look any more: the container is to learn of it
  void show(Channel channel, byte[] bytes, int length) throws IOException;
}
