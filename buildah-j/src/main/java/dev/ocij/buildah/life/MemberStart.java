package dev.ocij.buildah.life;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.runtime.rootless.StartException;
import dev.ocij.spec.OciException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// Asks the monitor of a pod's infra container to start the monitor of another: only a child of it
/// is in the user namespace that the pod's namespaces belong to.
final class MemberStart {
  private static final int REFUSED = 125;

  private MemberStart() {}

  /// As [MonitorProcess#start].
  ///
  /// @param infra the folder of the infra container
  /// @param directory of the container, which this process holds
  static void ask(Path infra, Path directory, boolean attached) throws IOException {
    try (var socket = AttachSocket.in(infra);
        var channel = SocketChannel.open(socket.address())) {
      write(channel, frame(directory, attached));
      var in = new DataInputStream(Channels.newInputStream(channel));
      for (var frame = Frame.read(in); frame.isPresent(); frame = Frame.read(in)) {
        switch (frame.get().type()) {
          case Frame.STARTED -> {
            return;
          }
          case Frame.FAILED ->
              throw StartException.reported(frame.get().number(0), frame.get().text());
          default -> {
            // About the infra container itself.
          }
        }
      }
    }
    throw new OciException(
        OciException.Category.UNAVAILABLE,
        "start a container of a pod: the infra container has ended meanwhile; try again");
  }

  private static Frame frame(Path directory, boolean attached) {
    return new Frame(
        Frame.START, ((attached ? "a" : "-") + directory.toAbsolutePath()).getBytes(UTF_8));
  }

  /// Does what was asked for, and says how it went.
  static Frame answer(Frame asked) {
    var text = new String(asked.content(), UTF_8);
    try {
      MonitorProcess.start(Path.of(text.substring(1)), text.startsWith("a"));
      return Frame.of(Frame.STARTED);
    } catch (StartException e) {
      return Frame.failed(e.exitStatus(), e.sentence());
    } catch (OciException e) {
      return Frame.failed(REFUSED, e.sentence());
    }
  }

  private static void write(SocketChannel channel, Frame frame) throws IOException {
    var buffer = ByteBuffer.wrap(frame.bytes());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
