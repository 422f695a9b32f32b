package dev.ocij.crypt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/// How a key provider is reached.
sealed interface ProviderEnd permits ProviderProgram, ProviderServer {
  /// What can be asked; also the name of the method in gRPC.
  enum Operation {
    WRAP("keywrap", "WrapKey"),
    UNWRAP("keyunwrap", "UnWrapKey");

    private final String op;
    private final String method;

    Operation(String op, String method) {
      this.op = op;
      this.method = method;
    }

    /// Its name in a question.
    String op() {
      return op;
    }

    String method() {
      return method;
    }
  }

  /// The answer to a question, both documents in JSON.
  ///
  /// @throws IOException whose message tells what the provider did instead
  byte[] ask(Operation operation, byte[] question) throws IOException;

  /// What a configuration describes: a program where there is one, else a server.
  static Optional<ProviderEnd> of(JsonNode described) throws IOException {
    var path = described.path("cmd").path("path").asText("");
    var target = described.path("grpc").asText("");
    if (!path.isEmpty()) {
      return Optional.of(ProviderProgram.of(path, described.path("cmd").path("args")));
    }
    return target.isEmpty() ? Optional.empty() : Optional.of(ProviderServer.parse(target));
  }
}
