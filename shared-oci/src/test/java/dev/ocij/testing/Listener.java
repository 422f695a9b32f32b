package dev.ocij.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;

/// A port of this machine. Each client is served on a thread of its own, and sent away afterwards.
public final class Listener implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket sockets;
  private final Service service;

  private Listener(ServerSocket sockets, Service service) {
    this.sockets = sockets;
    this.service = service;
    Thread.ofVirtual().start(this::accept);
  }

  /// What is done with a client. An exception ends the connection, as the client's end does: both
  /// sides see that.
  @FunctionalInterface
  public interface Service {
    void serve(Socket client) throws IOException, InterruptedException;
  }

  public static Listener serving(Service service) {
    return serving(ServerSocketFactory.getDefault(), service);
  }

  /// @param factory that of a certificate for TLS
  public static Listener serving(ServerSocketFactory factory, Service service) {
    try {
      var sockets = factory.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      return new Listener(sockets, service);
    } catch (IOException e) {
      throw new UncheckedIOException("listen", e);
    }
  }

  /// Hands on what one end sends, until it sends no more.
  public static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException _) {
      // both ends see that it broke
    }
  }

  /// The name that a reference begins with.
  public String host() {
    return "127.0.0.1:" + sockets.getLocalPort();
  }

  @Override
  public void close() {
    try {
      sockets.close();
    } catch (IOException e) {
      throw new UncheckedIOException("close a listener", e);
    }
  }

  private void accept() {
    while (!sockets.isClosed()) {
      try {
        var client = sockets.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      service.serve(client);
    } catch (IOException | InterruptedException _) {
      // it went away, or was sent away
    }
  }
}
