import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Executors;

/// Serves a [TrainingImage] on loopback as `HOST/image:latest`, and forgets what is pushed to any
/// other repository: as much of a registry as a copy needs.
final class TrainingRegistry implements AutoCloseable {

  private final HttpServer server;
  private final TrainingImage image;

  private TrainingRegistry(TrainingImage image) throws IOException {
    this.image = image;
    // What the tools send first, to see whether this is https, may be no request that ever ends.
    System.setProperty("sun.net.httpserver.maxReqTime", "1");
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  static TrainingRegistry serving(TrainingImage image) throws IOException {
    return new TrainingRegistry(image);
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          exchange.getResponseHeaders().set("Location", exchange.getRequestURI() + "session");
          exchange.sendResponseHeaders(202, -1);
        }
        case "PUT" -> {
          exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
          exchange.sendResponseHeaders(201, -1);
        }
        default -> read(exchange, exchange.getRequestURI().getPath());
      }
    }
  }

  private void read(HttpExchange exchange, String path) throws IOException {
    var last = path.substring(path.lastIndexOf('/') + 1);
    var blob =
        image.layout().resolve("blobs/sha256").resolve(digest(last).substring("sha256:".length()));
    if (path.equals("/v2/")) {
      send(exchange, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    } else if (path.endsWith("/tags/list")) {
      send(
          exchange,
          "application/json",
          "{\"name\":\"image\",\"tags\":[\"latest\"]}".getBytes(StandardCharsets.UTF_8));
    } else if (path.startsWith("/v2/image/") && Files.exists(blob)) {
      send(
          exchange,
          path.contains("/manifests/")
              ? "application/vnd.oci.image.manifest.v1+json"
              : "application/octet-stream",
          Files.readAllBytes(blob));
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private String digest(String reference) {
    return reference.startsWith("sha256:") ? reference : image.digest();
  }

  private void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestURI().getPath().contains("/manifests/")) {
      exchange.getResponseHeaders().set("Docker-Content-Digest", image.digest());
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
