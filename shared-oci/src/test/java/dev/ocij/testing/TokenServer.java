package dev.ocij.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Answers the token requests that docker-registry sends its clients to (GET, with Basic
/// credentials).
///
/// The right name and password get every right asked for; a request without credentials gets
/// `pull`; wrong ones get 401.
public final class TokenServer implements AutoCloseable {

  static final String SERVICE = "ocij-test-registry";
  static final String ISSUER = "ocij-test-tokens";

  private final HttpServer server;
  private final TokenIssuer issuer = new TokenIssuer();
  private final String credentials;
  private final List<String> scopes = new CopyOnWriteArrayList<>();

  private TokenServer(HttpServer server, String user, String password) {
    this.server = server;
    var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    this.credentials = "Basic " + Base64.getEncoder().encodeToString(pair);
    server.createContext("/token", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  static TokenServer open(String user, String password) {
    try {
      var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new TokenServer(HttpServer.create(anyPort, 0), user, password);
    } catch (IOException e) {
      throw new UncheckedIOException("start a token server", e);
    }
  }

  URI realm() {
    return URI.create("http://127.0.0.1:%d/token".formatted(server.getAddress().getPort()));
  }

  String token(String... repositories) {
    return issuer.token(
        Stream.of(repositories)
            .map(name -> Grant.parse("repository:%s:pull,push,delete,*".formatted(name), true))
            .toList());
  }

  String certificatePem() {
    return issuer.certificatePem();
  }

  /// The scopes asked for so far, in order: `repository:NAME:pull,push`.
  public List<String> scopes() {
    return List.copyOf(scopes);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var sent = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
      if (sent.isPresent() && !sent.get().equals(credentials)) {
        send(
            exchange,
            401,
            "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"wrong name or password\"}]}");
        return;
      }
      var asked = scopes(exchange.getRequestURI());
      scopes.addAll(asked);
      var granted = asked.stream().map(scope -> Grant.parse(scope, sent.isPresent())).toList();
      send(exchange, 200, "{\"token\":\"%s\",\"expires_in\":300}".formatted(issuer.token(granted)));
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static List<String> scopes(URI request) {
    var scopes = new ArrayList<String>();
    var query = Optional.ofNullable(request.getRawQuery()).orElse("");
    Stream.of(query.split("&"))
        .filter(parameter -> parameter.startsWith("scope="))
        .map(parameter ->
            URLDecoder.decode(parameter.substring("scope=".length()), StandardCharsets.UTF_8))
        .forEach(value -> scopes.addAll(List.of(value.split(" "))));
    return scopes;
  }

  /// What one scope of a request becomes in the token.
  record Grant(String type, String name, List<String> actions) {

    static Grant parse(String scope, boolean everything) {
      int first = scope.indexOf(':');
      int last = scope.lastIndexOf(':');
      var asked = List.of(scope.substring(last + 1).split(","));
      var actions = everything ? asked : asked.stream().filter("pull"::equals).toList();
      return new Grant(scope.substring(0, first), scope.substring(first + 1, last), actions);
    }
  }
}
