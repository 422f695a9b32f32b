package dev.ocij.buildah.context.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ocij.config.Environment;
import dev.ocij.testing.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/// All servers of all clouds at once: a proxy leads each host here, and a certificate is good for
/// those that are named. It notes who asked for what, and answers as it is told.
final class CloudStandIn implements AutoCloseable {
  private final Function<Asked, Answer> answers;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpServer plain;
  private final HttpServer tls;
  private final Listener proxy;
  private final Path folder;

  /// A request as it arrived.
  ///
  /// @param target path and query
  /// @param headers by names in lower case
  record Asked(
      String method, String host, String target, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    String path() {
      return target.replaceFirst("[?].*", "");
    }

    String query() {
      return target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
    }
  }

  record Answer(int status, String body, Map<String, String> headers) {
    static Answer of(int status, String body) {
      return new Answer(status, body, Map.of());
    }
  }

  private CloudStandIn(Path folder, Function<Asked, Answer> answers, String... hosts)
      throws IOException {
    this.folder = folder;
    this.answers = answers;
    var certificate = new HeldCertificate.Builder().commonName("clouds");
    for (var host : hosts) {
      certificate.addSubjectAlternativeName(host);
    }
    var held = certificate.build();
    Files.writeString(folder.resolve("ca.pem"), held.certificatePem());
    var secure = HttpsServer.create(anyPort(), 0);
    var certificates = new HandshakeCertificates.Builder().heldCertificate(held).build();
    secure.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()));
    tls = started(secure);
    plain = started(HttpServer.create(anyPort(), 0));
    proxy = Listener.serving(this::tunnel);
  }

  /// @param folder for its certificate; the home of who asks
  static CloudStandIn open(Path folder, Function<Asked, Answer> answers, String... hosts)
      throws IOException {
    return new CloudStandIn(folder, answers, hosts);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private HttpServer started(HttpServer server) {
    server.createContext("/", this::answer);
    server.start();
    return server;
  }

  /// Where it is without TLS.
  String host() {
    return "127.0.0.1:" + plain.getAddress().getPort();
  }

  List<Asked> asked() {
    return asked;
  }

  /// These variables, and those by which each host leads here.
  Map<String, String> variables(Map<String, String> more) {
    var variables = new HashMap<>(more);
    variables.put("HTTPS_PROXY", "http://" + proxy.host());
    variables.put("HTTP_PROXY", "http://127.0.0.1:1");
    variables.put("SSL_CERT_FILE", folder.resolve("ca.pem").toString());
    variables.put("HOME", folder.toString());
    return variables;
  }

  Environment environment(Map<String, String> more) {
    return new Environment(variables(more), folder, folder.resolve("root"), "0");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = new HashMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request =
          new Asked(
              exchange.getRequestMethod(),
              headers.getOrDefault("host", ""),
              exchange.getRequestURI().toString(),
              headers,
              body);
      asked.add(request);
      var answer = answers.apply(request);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      var bytes = answer.body().getBytes(StandardCharsets.ISO_8859_1);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  /// CONNECT, to wherever.
  private void tunnel(Socket client) throws IOException, InterruptedException {
    readHead(client.getInputStream());
    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    var address = tls.getAddress();
    try (var server = new Socket(address.getAddress(), address.getPort())) {
      var answered = Thread.ofVirtual().start(() -> Listener.pass(server, client));
      Listener.pass(client, server);
      answered.join();
    }
  }

  private static void readHead(InputStream in) throws IOException {
    var seen = new StringBuilder();
    while (!seen.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return;
      }
      seen.append((char) next);
    }
  }

  @Override
  public void close() {
    proxy.close();
    plain.stop(0);
    tls.stop(0);
  }
}
