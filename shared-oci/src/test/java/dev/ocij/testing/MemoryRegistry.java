package dev.ocij.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// A registry in this process that can what Debian's docker-registry cannot: the referrers API,
/// deletion of tags, uploads that are continued after the connection broke, pages and warnings.
public final class MemoryRegistry implements AutoCloseable {

  private static final Pattern PATH =
      Pattern.compile("/v2/(.+)/(manifests|blobs|tags|referrers)/(.*)");

  private final HttpServer server;
  private final CuttingProxy door;
  private final Set<Trait> traits;
  private final Map<String, MemoryRepository> repositories = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /// What a registry may be like.
  public enum Trait {
    /// It answers `OCI-Subject` and lists referrers, one on each page.
    REFERRERS,
    /// It deletes by tag.
    TAG_DELETION,
    /// Each answer carries the same warning.
    WARNINGS
  }

  private MemoryRegistry(HttpServer server, Set<Trait> traits) {
    this.server = server;
    this.traits = traits;
    server.createContext("/v2/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    this.door =
        CuttingProxy.before("127.0.0.1:" + server.getAddress().getPort(), Long.MAX_VALUE, 0);
  }

  public static MemoryRegistry with(Trait... traits) {
    var all = EnumSet.noneOf(Trait.class);
    all.addAll(List.of(traits));
    try {
      var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new MemoryRegistry(HttpServer.create(anyPort, 0), all);
    } catch (IOException e) {
      throw new UncheckedIOException("start a registry", e);
    }
  }

  /// The name that a reference begins with.
  public String host() {
    return door.host();
  }

  /// The requests so far, as `GET /v2/a/manifests/t`.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    door.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      if (traits.contains(Trait.WARNINGS)) {
        exchange.getResponseHeaders().add("Warning", "299 - \"this registry closes soon\"");
      }
      var path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      var repository =
          repositories.computeIfAbsent(path.group(1), name -> new MemoryRepository(name, this));
      repository.answer(exchange, path.group(2), path.group(3));
    }
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  MemoryRepository repository(String name) {
    return repositories.computeIfAbsent(name, made -> new MemoryRepository(made, this));
  }
}
