package dev.ocij.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import org.jspecify.annotations.Nullable;

/// As much of HTTP/1.1 as a Docker daemon needs: one request after another on one connection.
record DockerWire(InputStream in, OutputStream out) {
  /// A request.
  record Asked(String method, String target, byte[] body) {
    String path() {
      return URI.create(target).getPath();
    }

    /// The value of a query parameter; empty without.
    String query(String name) {
      return Stream.of(String.valueOf(URI.create(target).getQuery()).split("&"))
          .filter(pair -> pair.startsWith(name + "="))
          .map(pair -> pair.substring(name.length() + 1))
          .findFirst()
          .orElse("");
    }
  }

  static DockerWire of(SocketChannel channel) {
    return new DockerWire(
        new BufferedInputStream(Channels.newInputStream(channel)),
        Channels.newOutputStream(channel));
  }

  /// With TLS, as who `certificates` hold.
  static DockerWire of(SocketChannel channel, HandshakeCertificates certificates)
      throws IOException {
    var plain = channel.socket();
    var socket =
        (SSLSocket)
            certificates
                .sslSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostName(), plain.getPort(), true);
    socket.setUseClientMode(false);
    return new DockerWire(
        new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
  }

  /// The next request; null where the client has closed.
  @Nullable Asked next() throws IOException {
    var start = line();
    if (start.isEmpty()) {
      return null;
    }
    var headers = new TreeMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var words = start.split(" ");
    var body =
        headers.containsKey("transfer-encoding")
            ? chunks()
            : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new Asked(words[0], words[1], body);
  }

  void answer(int status, String type, byte[] body) throws IOException {
    var head =
        "HTTP/1.1 %d Said\r\nApi-Version: 1.41\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, type, body.length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.write(in.readNBytes(size));
      var _ = line();
    }
    var _ = line();
    return body.toByteArray();
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
      if (read != '\r') {
        line.write(read);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }
}
