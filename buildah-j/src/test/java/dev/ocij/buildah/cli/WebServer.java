package dev.ocij.buildah.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ocij.testing.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.tls.HandshakeCertificates;

/// Serves the files of a folder on the loopback interface, as old as 2001-09-09; `/moved/…` leads
/// to where they are.
final class WebServer implements AutoCloseable {
  static final String MODIFIED = "Sun, 09 Sep 2001 01:46:40 GMT";
  static final long MODIFIED_SECONDS = 1_000_000_000;

  private final HttpServer server;
  private final Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String wanted = "";

  private WebServer(HttpServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  static WebServer of(Path folder) throws IOException {
    return started(HttpServer.create(anyPort(), 0), folder);
  }

  /// With TLS, and a certificate that nobody trusts.
  static WebServer ofTls(Path folder) throws IOException {
    var server = HttpsServer.create(anyPort(), 0);
    var certificates =
        new HandshakeCertificates.Builder().heldCertificate(Certificates.forLoopback()).build();
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()));
    return started(server, folder);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static WebServer started(HttpServer server, Path folder) {
    var web = new WebServer(server, folder);
    server.createContext("/", web::answer);
    server.start();
    return web;
  }

  /// From now on it answers only those who send this header.
  WebServer demanding(String authorization) {
    wanted = authorization;
    return this;
  }

  String url(String path) {
    var scheme = server instanceof HttpsServer ? "https" : "http";
    return "%s://127.0.0.1:%d/%s".formatted(scheme, server.getAddress().getPort(), path);
  }

  /// This, for those only who show a name and password.
  WebServer asking(String user, String password) {
    var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return demanding("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /// The paths that were asked for.
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().substring(1);
      asked.add(path);
      var file = folder.resolve(path);
      var shown = exchange.getRequestHeaders().getFirst("Authorization");
      if (!wanted.isEmpty() && !wanted.equals(shown)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (path.startsWith("moved/")) {
        exchange.getResponseHeaders().set("Location", "/" + path.substring("moved/".length()));
        exchange.sendResponseHeaders(302, -1);
      } else if (Files.isRegularFile(file)) {
        if (!path.startsWith("undated")) {
          exchange.getResponseHeaders().set("Last-Modified", MODIFIED);
        }
        exchange.sendResponseHeaders(200, 0);
        Files.copy(file, exchange.getResponseBody());
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
