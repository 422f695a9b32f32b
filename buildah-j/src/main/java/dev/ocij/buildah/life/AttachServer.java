package dev.ocij.buildah.life;

import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.Terminal;
import dev.ocij.runtime.rootless.WindowSize;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Those who are attached to a container that a monitor watches; nobody, most of the time.
final class AttachServer implements Audience, AutoCloseable {
  private static final int END_OF_TRANSMISSION = 4;
  private static final int FIRST_WAIT_SECONDS = 20;

  private final ServerSocketChannel listener;
  private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private @Nullable Live live;
  private @Nullable WindowSize size;

  /// @param input where typed text goes, if the container reads any
  private record Live(
      RunningContainer container, @Nullable Terminal terminal, Optional<OutputStream> input) {}

  private AttachServer(ServerSocketChannel listener) {
    this.listener = listener;
  }

  static AttachServer open(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(AttachSocket.NAME));
    var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try (var socket = AttachSocket.in(directory)) {
      listener.bind(socket.address());
    }
    var server = new AttachServer(listener);
    Thread.ofPlatform().daemon().name("attach").start(server::accept);
    return server;
  }

  /// Waits until somebody is attached, for a while.
  void awaitFirst() throws InterruptedException {
    if (!first.await(FIRST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new InterruptedException("nobody attached");
    }
  }

  @Override
  public synchronized void fit(Terminal terminal) {
    if (size != null) {
      terminal.resize(size.rows(), size.columns());
    }
  }

  @Override
  public synchronized void begun(
      RunningContainer container, @Nullable Terminal terminal, Optional<OutputStream> input) {
    live = new Live(container, terminal, input);
    if (terminal != null) {
      fit(terminal);
    }
    notifyAll();
    send(Frame.of(Frame.BEGUN));
  }

  @Override
  public void show(Channel channel, byte[] bytes, int length) {
    send(new Frame(channel == Channel.OUT ? Frame.OUT : Frame.ERR, Arrays.copyOf(bytes, length)));
  }

  /// Tells all who are attached. One who does not listen any more is no reason to stop.
  void send(Frame frame) {
    var bytes = frame.bytes();
    clients.removeIf(client -> !hears(client, bytes));
  }

  private static boolean hears(SocketChannel client, byte[] bytes) {
    try {
      write(client, bytes);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void write(SocketChannel client, byte[] bytes) throws IOException {
    synchronized (client) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        client.write(buffer);
      }
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        clients.add(client);
        Thread.ofPlatform().daemon().name("attached").start(() -> serve(client));
      }
    } catch (IOException _) {
      // Closed: the container has ended.
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        var in = new DataInputStream(Channels.newInputStream(client))) {
      for (var frame = Frame.read(in); frame.isPresent(); frame = Frame.read(in)) {
        if (frame.get().type() == Frame.START) {
          answer(client, MemberStart.answer(frame.get()));
        } else {
          take(frame.get());
        }
      }
    } catch (IOException | InterruptedException _) {
      // Gone, as everybody may go.
    } finally {
      clients.remove(client);
    }
  }

  private static void answer(SocketChannel client, Frame frame) throws IOException {
    write(client, frame.bytes());
  }

  private void take(Frame frame) throws IOException, InterruptedException {
    if (frame.type() == Frame.SIZE) {
      if (frame.number(0) > 0) {
        resize(new WindowSize(frame.number(0), frame.number(1)));
      }
      first.countDown();
      return;
    }
    first.countDown();
    var now = awaitLive();
    switch (frame.type()) {
      case Frame.TYPED -> {
        if (now.input().isPresent()) {
          now.input().get().write(frame.content());
        }
      }
      case Frame.END -> end(now);
      case Frame.SIGNAL -> now.container().kill(frame.number(0));
      default -> {
        // Of a later version.
      }
    }
  }

  private static void end(Live now) throws IOException {
    if (now.input().isEmpty()) {
      return;
    }
    if (now.terminal() == null) {
      now.input().get().close();
    } else {
      now.input().get().write(END_OF_TRANSMISSION);
    }
  }

  private synchronized void resize(WindowSize changed) {
    size = changed;
    if (live != null && live.terminal() != null) {
      live.terminal().resize(changed.rows(), changed.columns());
    }
  }

  private synchronized Live awaitLive() throws InterruptedException {
    while (live == null) {
      wait();
    }
    return live;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var client : clients) {
      client.close();
    }
  }
}
