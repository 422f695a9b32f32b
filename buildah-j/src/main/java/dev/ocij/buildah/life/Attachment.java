package dev.ocij.buildah.life;

import dev.ocij.buildah.run.Signals;
import dev.ocij.runtime.rootless.HostTerminal;
import dev.ocij.runtime.rootless.StartException;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The caller's streams in place of a container's, through its monitor.
public final class Attachment implements AutoCloseable {
  private static final int CHUNK = 1 << 13;

  private final SocketChannel monitor;
  private final DataInputStream frames;

  private Attachment(SocketChannel monitor) {
    this.monitor = monitor;
    this.frames = new DataInputStream(Channels.newInputStream(monitor));
  }

  /// How an attachment is made.
  ///
  /// @param input whether what is typed goes to the container
  /// @param signals whether signals go to the container
  /// @param terminal whether the container has one
  /// @param shows whether its output is shown
  public record Wish(
      boolean input, boolean signals, boolean terminal, boolean shows, DetachKeys keys) {}

  /// @throws IOException where no monitor listens in the container's folder
  public static Attachment connect(Path directory) throws IOException {
    try (var socket = AttachSocket.in(directory)) {
      return new Attachment(SocketChannel.open(socket.address()));
    }
  }

  /// Stays until the container ends, or the caller leaves by the keys.
  ///
  /// @return the exit status of the container; none where the caller left it, or its monitor died
  public OptionalInt stay(Wish wish) throws IOException {
    if (!wish.terminal()) {
      return follow(wish);
    }
    try (var here = HostTerminal.raw()) {
      announce(here);
      Signals.resized(() -> announce(here));
      return follow(wish);
    }
  }

  /// Sends the container a signal.
  void signal(int number) throws IOException {
    send(Frame.of(Frame.SIGNAL, number));
  }

  /// Waits for the end and shows nothing.
  public OptionalInt await() throws IOException {
    return show(null, null);
  }

  private OptionalInt follow(Wish wish) throws IOException {
    if (!wish.terminal()) {
      // A monitor that waits for the first to come hears something.
      send(Frame.of(Frame.SIZE, 0, 0));
    }
    if (wish.signals()) {
      Signals.forward(signal -> sendQuietly(Frame.of(Frame.SIGNAL, signal)));
    }
    if (wish.input()) {
      Thread.ofPlatform().daemon().name("typed").start(() -> type(wish));
    }
    return wish.shows()
        ? show(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err))
        : show(null, null);
  }

  private void announce(HostTerminal here) {
    var size = here.size();
    sendQuietly(
        size.isPresent()
            ? Frame.of(Frame.SIZE, size.get().rows(), size.get().columns())
            : Frame.of(Frame.SIZE, 0, 0));
  }

  private OptionalInt show(@Nullable OutputStream out, @Nullable OutputStream err)
      throws IOException {
    try {
      for (var frame = Frame.read(frames); frame.isPresent(); frame = Frame.read(frames)) {
        switch (frame.get().type()) {
          case Frame.OUT -> write(out, frame.get());
          case Frame.ERR -> write(err, frame.get());
          case Frame.FAILED ->
              throw StartException.reported(frame.get().number(0), frame.get().text());
          case Frame.EXITED -> {
            return OptionalInt.of(frame.get().number(0));
          }
          default -> {
            // The beginning, or something of a later version.
          }
        }
      }
    } catch (java.nio.channels.ClosedChannelException _) {
      // The keys to leave were typed.
    }
    return OptionalInt.empty();
  }

  private static void write(@Nullable OutputStream target, Frame frame) throws IOException {
    if (target != null) {
      target.write(frame.content());
    }
  }

  private void type(Wish wish) {
    try {
      var in = new FileInputStream(FileDescriptor.in);
      var chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        send(
            new Frame(
                Frame.TYPED,
                wish.terminal() ? wish.keys().pass(chunk, n) : java.util.Arrays.copyOf(chunk, n)));
        if (wish.keys().isComplete()) {
          monitor.close();
          return;
        }
      }
      send(Frame.of(Frame.END));
    } catch (IOException _) {
      // The container has ended.
    }
  }

  private void sendQuietly(Frame frame) {
    try {
      send(frame);
    } catch (IOException _) {
      // The container has ended.
    }
  }

  private void send(Frame frame) throws IOException {
    synchronized (monitor) {
      var buffer = ByteBuffer.wrap(frame.bytes());
      while (buffer.hasRemaining()) {
        monitor.write(buffer);
      }
    }
  }

  @Override
  public void close() throws IOException {
    monitor.close();
  }
}
