package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Mount.Access;
import dev.ocij.buildah.overlay.Trees;
import dev.ocij.linux.Directory;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// A socket of a step's own that passes everything on to the agent's: it can have other rights than
/// that.
final class AgentRelay implements Closeable {
  private static final String NAME = "agent";
  private static final int BUFFER = 1 << 13;

  private final ServerSocketChannel server;
  private final Path socket;

  private AgentRelay(ServerSocketChannel server, Path socket) {
    this.server = server;
    this.socket = socket;
  }

  /// In the folder for temporary files: the name of a socket has 107 bytes at most, and a store may
  /// be deep.
  static AgentRelay open(Path agent, Access access) throws IOException {
    var folder = Files.createTempDirectory("ocij-");
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    var relay = new AgentRelay(server, folder.resolve(NAME));
    try {
      server.bind(UnixDomainSocketAddress.of(relay.socket));
      try (var directory = Directory.open(folder)) {
        directory.setOwner(NAME, access.uid(), access.gid());
        directory.setMode(NAME, access.mode());
      }
    } catch (IOException | RuntimeException e) {
      relay.close();
      throw e;
    }
    Thread.ofVirtual().start(() -> relay.accept(agent));
    return relay;
  }

  Path socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    server.close();
    Trees.delete(socket.resolveSibling(""));
  }

  private void accept(Path agent) {
    try {
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> relay(client, agent));
      }
    } catch (IOException _) {
      // The step has ended.
    }
  }

  private static void relay(SocketChannel client, Path agent) {
    try (client;
        var there = SocketChannel.open(UnixDomainSocketAddress.of(agent))) {
      var back = Thread.ofVirtual().start(() -> copy(there, client));
      copy(client, there);
      back.join();
    } catch (IOException | InterruptedException _) {
      // The agent or the command has gone.
    }
  }

  /// Passes on one direction, its end included.
  private static void copy(SocketChannel from, SocketChannel to) {
    try {
      var buffer = ByteBuffer.allocate(BUFFER);
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException _) {
      // The agent or the command has gone.
    }
  }
}
