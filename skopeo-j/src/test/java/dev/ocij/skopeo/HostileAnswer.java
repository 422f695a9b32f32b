package dev.ocij.skopeo;

import dev.ocij.testing.RawServer;
import dev.ocij.testing.RawServer.Request;
import java.io.IOException;
import java.io.OutputStream;

/// What a registry may send that has no end, or claims to have none. The greeting is answered.
enum HostileAnswer implements RawServer.Answer {
  ENDLESS_STATUS_LINE("HTTP/1.1 200 ", "O"),
  ENDLESS_HEADER("HTTP/1.1 200 OK\nX-A: ", "a"),
  ENDLESS_HEADERS("HTTP/1.1 200 OK\n", "X-A: a\n"),
  ENDLESS_INTERIM_ANSWERS("", "HTTP/1.1 103 Early Hints\nLink: </style.css>\n\n"),
  ENDLESS_DOCUMENT("HTTP/1.1 200 OK\n\n{\"schemaVersion\":2,\"a\":\"", "a"),
  ENDLESS_SPACE("HTTP/1.1 200 OK\n\n", " "),
  ENDLESS_CHUNKS("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", "1\n{\n"),
  ENDLESS_CHUNK("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n7fffffffffffffff\n", "{"),
  ENDLESS_CHUNK_EXTENSION("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1;", "a"),
  ENDLESS_TRAILERS("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\n", "X-A: a\n"),
  ENDLESS_ERROR("HTTP/1.1 403 Forbidden\n\n{\"errors\":[{\"code\":\"X\",\"message\":\"", "a"),
  ENDLESS_NESTING("HTTP/1.1 200 OK\n\n", "{\"a\":"),
  ENDLESS_NUMBER("HTTP/1.1 200 OK\n\n{\"schemaVersion\":", "2"),
  GIGANTIC_LENGTH("HTTP/1.1 200 OK\nContent-Length: 9223372036854775807\n\n", "{"),
  IMPOSSIBLE_LENGTH("HTTP/1.1 200 OK\nContent-Length: 99999999999999999999\n\n", "{"),
  NEGATIVE_LENGTH("HTTP/1.1 200 OK\nContent-Length: -1\n\n", "{"),
  ENDLESS_CHALLENGE("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer a=b", ",a=b"),
  ENDLESS_TOKEN("") {
    @Override
    void hostile(Request request, OutputStream out) throws IOException {
      if (request.target().startsWith("/token")) {
        repeat(out, "HTTP/1.1 200 OK\n\n{\"token\":\"", "a");
      }
      RawServer.write(
          out,
          "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"http://%s/token\"\n\n"
              .formatted(request.host()));
    }
  },
  ENDLESS_REDIRECTS("") {
    @Override
    void hostile(Request request, OutputStream out) throws IOException {
      var location = request.target() + "x";
      RawServer.write(out, "HTTP/1.1 307 Away\nLocation: " + location + "\n\n");
    }
  };

  private static final int PIECE = 1 << 14;

  private final String begin;
  private final String rest;

  HostileAnswer(String begin, String... rest) {
    this.begin = begin;
    this.rest = String.join("", rest);
  }

  @Override
  public void write(Request request, OutputStream out) throws IOException {
    if (request.target().equals("/v2/")) {
      RawServer.write(out, "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    } else {
      hostile(request, out);
    }
  }

  void hostile(Request request, OutputStream out) throws IOException {
    repeat(out, begin, rest);
  }

  /// Until the client goes away.
  static void repeat(OutputStream out, String begin, String part) throws IOException {
    RawServer.write(out, begin);
    var piece = part.repeat(PIECE / part.length() + 1);
    while (!Thread.interrupted()) {
      RawServer.write(out, piece);
    }
  }
}
