package dev.ocij.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Sockets that move 64 KiB with each call of the kernel. OkHttp moves 8 KiB, which costs a copy of
/// large layers as much as hashing them.
///
/// What TLS writes is not flushed, so it goes out as it comes.
public final class BufferedSockets extends SocketFactory {
  private static final int SIZE = 1 << 16;

  private final boolean tls;

  /// @param tls whether what is written are records of TLS
  public BufferedSockets(boolean tls) {
    super();
    this.tls = tls;
  }

  @Override
  public Socket createSocket() {
    return tls ? new RecordSocket() : new PlainSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connected();
  }

  private static IOException connected() {
    return new IOException("OkHttp connects its sockets itself");
  }

  /// What comes over a socket of these without TLS; null for any other socket.
  static @Nullable AnswerStream answer(Socket socket) {
    return socket instanceof PlainSocket plain ? plain.in : null;
  }

  /// What goes out over a socket of these without TLS; null for any other socket.
  static @Nullable RequestStream request(Socket socket) {
    return socket instanceof PlainSocket plain ? plain.out : null;
  }

  /// Under TLS.
  private static final class RecordSocket extends Socket {
    private @Nullable InputStream in;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      if (in == null) {
        in = new BufferedInputStream(Inflow.counted(super.getInputStream()), SIZE);
      }
      return in;
    }
  }

  private static final class PlainSocket extends Socket {
    private @Nullable AnswerStream in;
    private @Nullable RequestStream out;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      return answer();
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
      if (out == null) {
        out = new RequestStream(super.getOutputStream(), answer());
      }
      return out;
    }

    private AnswerStream answer() throws IOException {
      if (in == null) {
        in = new AnswerStream(Inflow.counted(super.getInputStream()));
      }
      return in;
    }
  }
}
