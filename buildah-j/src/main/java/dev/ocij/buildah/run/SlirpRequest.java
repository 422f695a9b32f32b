package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// One request of the API of slirp4netns: a JSON document there and one back.
///
/// @param what is attempted, for messages
record SlirpRequest(String what, ObjectNode document) {
  static SlirpRequest list() {
    return of("list ports", "list_hostfwd");
  }

  static SlirpRequest publish(PublishedPort port) {
    var request = of("publish port " + port, "add_hostfwd");
    request
        .document()
        .putObject("arguments")
        .put("proto", port.protocol())
        .put("host_addr", port.hostIp())
        .put("host_port", port.hostPort())
        .put("guest_addr", UserModeNetwork.ADDRESS)
        .put("guest_port", port.containerPort());
    return request;
  }

  private static SlirpRequest of(String what, String execute) {
    return new SlirpRequest(what, Json.object().put("execute", execute));
  }

  /// @throws OciException where it is refused
  JsonNode send(Path socket) throws IOException {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(Json.write(document)));
      channel.shutdownOutput();
      var answer = Json.readTree(read(channel), "answer of slirp4netns");
      if (answer.has("error")) {
        throw new OciException(
            OciException.Category.IMPOSSIBLE,
            "%s: slirp4netns: %s; is it in use?"
                .formatted(what, Quoted.escape(answer.path("error").path("desc").asText())));
      }
      return answer.path("return");
    }
  }

  private static byte[] read(SocketChannel channel) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var chunk = ByteBuffer.allocate(1 << 12);
    while (channel.read(chunk) >= 0 && bytes.size() < Json.LARGEST_DOCUMENT) {
      bytes.write(chunk.array(), 0, chunk.position());
      chunk.clear();
    }
    return bytes.toByteArray();
  }
}
