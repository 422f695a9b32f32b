package dev.ocij.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/// A server that speaks HTTP/2 over TLS, frame by frame, and badly: RFC 9113.
public final class Http2Server implements AutoCloseable {
  private static final int PREFACE = 24;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;

  /// `:status: 200` of HPACK's static table, and its `:method: GET` and `:method: POST`.
  private static final byte OK = (byte) 0x88;

  private static final int GET = 0x82;
  private static final int POST = 0x83;
  private static final int LONG = 0x7f;

  private final Listener listener;
  private final HeldCertificate certificate = Certificates.forLoopback();
  private final Fault fault;
  private final AtomicInteger connections = new AtomicInteger();

  /// What it does wrong once it is asked for something.
  public enum Fault {
    /// A header block that does not end.
    ENDLESS_HEADERS,
    /// A header block of frames with nothing in them, that does not end.
    EMPTY_CONTINUATIONS,
    /// Pings, and nothing else.
    PINGS,
    /// New settings, and nothing else.
    SETTINGS,
    /// It takes uploads, and lets nobody send one byte of them.
    CLOSED_WINDOW
  }

  private Http2Server(Fault fault) {
    this.fault = fault;
    var certificates = new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    listener = Listener.serving(certificates.sslContext().getServerSocketFactory(), this::serve);
  }

  public static Http2Server with(Fault fault) {
    return new Http2Server(fault);
  }

  public String host() {
    return listener.host();
  }

  /// What a client must trust.
  public String certificatePem() {
    return certificate.certificatePem();
  }

  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    listener.close();
  }

  private void serve(Socket client) throws IOException {
    speakHttp2((SSLSocket) client);
    var in = new DataInputStream(client.getInputStream());
    var out = client.getOutputStream();
    in.skipNBytes(PREFACE);
    connections.incrementAndGet();
    frame(out, SETTINGS, 0, 0, settings());
    while (true) {
      answer(in, out);
    }
  }

  private static void speakHttp2(SSLSocket client) {
    var parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    client.setSSLParameters(parameters);
  }

  /// SETTINGS_INITIAL_WINDOW_SIZE, which is 4, of nothing.
  private byte[] settings() {
    return fault == Fault.CLOSED_WINDOW
        ? ByteBuffer.allocate(6).putShort((short) 4).putInt(0).array()
        : new byte[0];
  }

  private void answer(DataInputStream in, OutputStream out) throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & Integer.MAX_VALUE;
    var content = in.readNBytes(length);
    if (type == SETTINGS && (flags & ACK) == 0) {
      frame(out, SETTINGS, ACK, 0);
    } else if (type == PING && (flags & ACK) == 0) {
      frame(out, PING, ACK, 0, content);
    } else if (type == HEADERS) {
      asked(out, stream, content[0] & 0xff, (flags & END_STREAM) != 0);
    }
  }

  /// @param method as the header block begins
  /// @param whole whether no body follows
  private void asked(OutputStream out, int stream, int method, boolean whole) throws IOException {
    switch (fault) {
      case ENDLESS_HEADERS -> endlessly(out, stream, header("x-".repeat(2000), "a".repeat(4000)));
      case EMPTY_CONTINUATIONS -> endlessly(out, stream, new byte[0]);
      case PINGS -> {
        while (true) {
          frame(out, PING, 0, 0, new byte[8]);
        }
      }
      case SETTINGS -> {
        while (true) {
          frame(out, SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort((short) 3).putInt(7).array());
        }
      }
      case CLOSED_WINDOW -> upload(out, stream, method, whole);
    }
  }

  private static void endlessly(OutputStream out, int stream, byte[] more) throws IOException {
    frame(out, HEADERS, END_STREAM, stream, new byte[] {OK});
    while (true) {
      frame(out, CONTINUATION, 0, stream, more);
    }
  }

  private static void upload(OutputStream out, int stream, int method, boolean whole)
      throws IOException {
    if (method == POST) {
      var status = header(":status", "202");
      var location = header("location", "/v2/a/b/blobs/uploads/1");
      var both = ByteBuffer.allocate(status.length + location.length).put(status).put(location);
      frame(out, HEADERS, END_STREAM | END_HEADERS, stream, both.array());
    } else if (method == GET) {
      frame(out, HEADERS, END_STREAM | END_HEADERS, stream, new byte[] {OK});
    } else if (whole) {
      frame(out, HEADERS, END_STREAM | END_HEADERS, stream, header(":status", "404"));
    }
  }

  /// A header that is not kept, by its own name: RFC 7541, section 6.2.2.
  private static byte[] header(String name, String value) {
    var header = new ByteArrayOutputStream();
    header.write(0);
    text(header, name);
    text(header, value);
    return header.toByteArray();
  }

  /// Without Huffman's code: the length in a prefix of seven bits, then the letters.
  private static void text(ByteArrayOutputStream header, String text) {
    int length = text.length();
    if (length < LONG) {
      header.write(length);
    } else {
      header.write(LONG);
      for (length -= LONG; length >= 0x80; length >>= 7) {
        header.write((length & 0x7f) | 0x80);
      }
      header.write(length);
    }
    header.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void frame(OutputStream out, int type, int flags, int stream, byte... content)
      throws IOException {
    var frame =
        ByteBuffer.allocate(9 + content.length)
            .put((byte) (content.length >> 16))
            .putShort((short) content.length)
            .put((byte) type)
            .put((byte) flags)
            .putInt(stream)
            .put(content);
    out.write(frame.array());
    out.flush();
  }
}
