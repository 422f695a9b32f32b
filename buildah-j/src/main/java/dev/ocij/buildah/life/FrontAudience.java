package dev.ocij.buildah.life;

import dev.ocij.buildah.run.RunRequest;
import dev.ocij.buildah.run.Signals;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.runtime.rootless.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The caller of a command that runs a container in its foreground.
final class FrontAudience implements Audience {
  private final RunRequest.Attachment attachment;
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final OutputStream err = new FileOutputStream(FileDescriptor.err);

  FrontAudience(RunRequest.Attachment attachment) {
    this.attachment = attachment;
  }

  @Override
  public OptionalInt input() {
    return OptionalInt.of(attachment.in() ? 0 : Stdio.nothing());
  }

  @Override
  public Optional<Stdio> direct() {
    return Optional.of(Stdio.attached(attachment.in(), attachment.out(), attachment.err()));
  }

  @Override
  public void begun(
      RunningContainer container, @Nullable Terminal terminal, Optional<OutputStream> input) {
    if (attachment.forward()) {
      Signals.forward(container::kill);
    } else {
      Signals.end(container::kill);
    }
  }

  @Override
  public void show(Channel channel, byte[] bytes, int length) throws IOException {
    switch (channel) {
      case OUT -> show(attachment.out(), out, bytes, length);
      case ERR -> show(attachment.err(), err, bytes, length);
    }
  }

  private static void show(boolean wanted, OutputStream target, byte[] bytes, int length)
      throws IOException {
    if (wanted) {
      target.write(bytes, 0, length);
    }
  }
}
