package dev.ocij.crypt.grpc;

import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import okhttp3.Response;

/// How a call ended.
///
/// @param code 0 for success; else a number, or what stands in its place
/// @param message percent-encoded
record GrpcStatus(String code, String message) {

  /// Of a response that was read to its end. One that failed at once has it among its headers.
  static GrpcStatus of(Response response) throws IOException {
    if (response.code() != 200) {
      throw new IOException("it answers with HTTP status %d".formatted(response.code()));
    }
    var told = response.header("grpc-status") == null ? response.trailers() : response.headers();
    var code = told.get("grpc-status");
    if (code == null) {
      throw new IOException("it answers without a status of gRPC");
    }
    return new GrpcStatus(code, Objects.requireNonNullElse(told.get("grpc-message"), ""));
  }

  void check() throws IOException {
    if (!code.equals("0")) {
      throw new IOException(
          "it answers %s (status %s of gRPC)".formatted(Quoted.of(decoded()), Quoted.escape(code)));
    }
  }

  private String decoded() {
    try {
      return URLDecoder.decode(message.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return message;
    }
  }
}
