package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry that takes its time counts how many blobs it is asked for at once.
class ParallelCopiesTest {
  /// Long enough for all that may run at once to have begun.
  private static final long PAUSE = 200;

  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private HttpServer server;
  @TempDir private Path folder;

  @BeforeEach
  void open() throws IOException {
    var layers =
        IntStream.range(0, 8)
            .mapToObj(
                i -> Blob.of(MediaType.OCI_LAYER, ("layer " + i).getBytes(StandardCharsets.UTF_8)))
            .toList();
    var config =
        Blob.of(
            MediaType.OCI_CONFIG, Json.write(ImageConfig.scratch(Platform.of("linux", "amd64"))));
    var descriptors = layers.stream().map(Blob.Known::descriptor).toList();
    var manifest =
        Document.of(
            Json.write(ImageManifest.of(MediaType.OCI_MANIFEST, config.descriptor(), descriptors)),
            "");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/", ParallelCopiesTest::greet);
    server.createContext(
        "/v2/a/manifests/t",
        exchange -> answer(exchange, manifest.bytes(), MediaType.OCI_MANIFEST.value()));
    for (var blob :
        IntStream.rangeClosed(0, 8).mapToObj(i -> i < 8 ? layers.get(i) : config).toList()) {
      server.createContext(
          "/v2/a/blobs/" + blob.descriptor().digest(), exchange -> slowly(exchange, blob));
    }
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void no_more_blobs_are_on_their_way_than_allowed() {
    copy("one", "--image-parallel-copies=1");
    assertThat(most).hasValue(1);
    copy("two", "--image-parallel-copies=2");
    assertThat(most).hasValue(2);
    copy("usual");
    assertThat(most.get()).isGreaterThan(2).isLessThanOrEqualTo(6);
  }

  private void copy(String name, String... options) {
    most.set(0);
    var from = "docker://127.0.0.1:%d/a:t".formatted(server.getAddress().getPort());
    SkopeoLine.copy(from, "dir:" + folder.resolve(name), options).succeeded();
  }

  /// Nothing else is there.
  private static void greet(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean greeting = exchange.getRequestURI().getPath().equals("/v2/");
      exchange.sendResponseHeaders(greeting ? 200 : 404, -1);
    }
  }

  private void slowly(HttpExchange exchange, Blob.Known blob) throws IOException {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try (var content = blob.open()) {
      Thread.sleep(PAUSE); // What is on its way at once must meet.
      answer(exchange, content.readAllBytes(), "application/octet-stream");
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      now.decrementAndGet();
    }
  }

  private static void answer(HttpExchange exchange, byte[] body, String type) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
