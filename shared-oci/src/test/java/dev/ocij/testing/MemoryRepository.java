package dev.ocij.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One repository of a [MemoryRegistry]: distribution-spec as far as clients here use it.
final class MemoryRepository {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private final String name;
  private final MemoryRegistry registry;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();

  private record Manifest(String type, byte[] bytes) {}

  MemoryRepository(String name, MemoryRegistry registry) {
    this.name = name;
    this.registry = registry;
  }

  void answer(HttpExchange exchange, String kind, String rest) throws IOException {
    switch (kind) {
      case "manifests" -> manifest(exchange, rest);
      case "tags" -> send(exchange, 200, "application/json", tags());
      case "referrers" -> referrers(exchange, rest);
      default -> {
        if (rest.startsWith("uploads/")) {
          upload(exchange, rest.substring("uploads/".length()));
        } else {
          blob(exchange, rest);
        }
      }
    }
  }

  private void manifest(HttpExchange exchange, String reference) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        var manifest = new Manifest(type, exchange.getRequestBody().readAllBytes());
        manifests.put(digest(manifest.bytes()), manifest);
        manifests.put(reference, manifest);
        var subject = JSON.readTree(manifest.bytes()).path("subject").path("digest").asText("");
        if (!subject.isEmpty() && registry.has(MemoryRegistry.Trait.REFERRERS)) {
          exchange.getResponseHeaders().add("OCI-Subject", subject);
        }
        empty(exchange, 201);
      }
      case "DELETE" -> {
        if (reference.indexOf(':') < 0 && !registry.has(MemoryRegistry.Trait.TAG_DELETION)) {
          error(exchange, 400, "UNSUPPORTED");
        } else {
          empty(exchange, manifests.remove(reference) == null ? 404 : 202);
        }
      }
      default -> {
        var manifest = manifests.get(reference);
        if (manifest == null) {
          error(exchange, 404, "MANIFEST_UNKNOWN");
          return;
        }
        exchange.getResponseHeaders().add("Docker-Content-Digest", digest(manifest.bytes()));
        send(exchange, 200, manifest.type(), manifest.bytes());
      }
    }
  }

  private byte[] tags() throws IOException {
    var tags = manifests.keySet().stream().filter(key -> key.indexOf(':') < 0).sorted().toList();
    return JSON.writeValueAsBytes(Map.of("name", name, "tags", tags));
  }

  /// One on each page.
  private void referrers(HttpExchange exchange, String subject) throws IOException {
    if (!registry.has(MemoryRegistry.Trait.REFERRERS)) {
      error(exchange, 404, "NAME_UNKNOWN");
      return;
    }
    var all = new TreeMap<String, Map<String, Object>>();
    for (var entry : manifests.entrySet()) {
      var tree = JSON.readTree(entry.getValue().bytes());
      if (entry.getKey().startsWith("sha256:")
          && tree.path("subject").path("digest").asText().equals(subject)) {
        all.put(entry.getKey(), describe(entry.getKey(), entry.getValue(), tree));
      }
    }
    var query = exchange.getRequestURI().getQuery();
    var last = query == null ? "" : query.substring("last=".length());
    var page = all.tailMap(last, false).values().stream().limit(1).toList();
    if (all.tailMap(last, false).size() > 1) {
      var next = String.valueOf(page.getFirst().get("digest"));
      exchange
          .getResponseHeaders()
          .add(
              "Link", "</v2/%s/referrers/%s?last=%s>; rel=\"next\"".formatted(name, subject, next));
    }
    var index = Map.of("schemaVersion", 2, "mediaType", INDEX, "manifests", List.copyOf(page));
    send(exchange, 200, INDEX, JSON.writeValueAsBytes(index));
  }

  private static Map<String, Object> describe(String digest, Manifest manifest, JsonNode tree) {
    return Map.of(
        "mediaType",
        manifest.type(),
        "digest",
        digest,
        "size",
        manifest.bytes().length,
        "artifactType",
        tree.path("artifactType").asText("none"));
  }

  private void blob(HttpExchange exchange, String digest) throws IOException {
    var bytes = blobs.get(digest);
    if (bytes == null) {
      error(exchange, 404, "BLOB_UNKNOWN");
      return;
    }
    var asked = exchange.getRequestHeaders().getFirst("Range");
    var range = RANGE.matcher(asked == null ? "" : asked);
    if (!range.matches()) {
      send(exchange, 200, "application/octet-stream", bytes);
      return;
    }
    int from = Integer.parseInt(range.group(1));
    var part = List.of(from, bytes.length - 1, bytes.length);
    exchange.getResponseHeaders().add("Content-Range", "bytes %d-%d/%d".formatted(part.toArray()));
    var rest = Arrays.copyOfRange(bytes, from, bytes.length);
    send(exchange, 206, "application/octet-stream", rest);
  }

  private void upload(HttpExchange exchange, String id) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      startUpload(exchange);
      return;
    }
    var upload = uploads.get(id);
    if (upload == null) {
      error(exchange, 404, "BLOB_UPLOAD_UNKNOWN");
      return;
    }
    var range = exchange.getRequestHeaders().getFirst("Content-Range");
    if (range != null && !range.startsWith(upload.size() + "-")) {
      position(exchange, id, upload);
      empty(exchange, 416);
      return;
    }
    exchange.getRequestBody().transferTo(upload); // what came before a failure stays
    var digest = parameter(exchange, "digest");
    if (exchange.getRequestMethod().equals("PUT") && digest != null) {
      finish(exchange, id, digest, upload.toByteArray());
      return;
    }
    position(exchange, id, upload);
    empty(exchange, exchange.getRequestMethod().equals("GET") ? 204 : 202);
  }

  private void startUpload(HttpExchange exchange) throws IOException {
    var mounted = parameter(exchange, "mount");
    var from = parameter(exchange, "from");
    if (mounted != null && from != null) {
      var bytes = registry.repository(from).blobs.get(mounted);
      if (bytes != null) {
        blobs.put(mounted, bytes);
        empty(exchange, 201);
        return;
      }
    }
    var id = UUID.randomUUID().toString();
    uploads.put(id, new ByteArrayOutputStream());
    exchange.getResponseHeaders().add("Location", location(id));
    empty(exchange, 202);
  }

  private void finish(HttpExchange exchange, String id, String digest, byte[] bytes)
      throws IOException {
    uploads.remove(id);
    if (!digest(bytes).equals(digest)) {
      error(exchange, 400, "DIGEST_INVALID");
      return;
    }
    blobs.put(digest, bytes);
    empty(exchange, 201);
  }

  private void position(HttpExchange exchange, String id, ByteArrayOutputStream upload) {
    exchange.getResponseHeaders().add("Location", location(id));
    exchange.getResponseHeaders().add("Range", "0-" + Math.max(0, upload.size() - 1));
  }

  private String location(String id) {
    return "/v2/%s/blobs/uploads/%s".formatted(name, id);
  }

  private static @Nullable String parameter(HttpExchange exchange, String key) {
    var query = exchange.getRequestURI().getQuery();
    for (var parameter : (query == null ? "" : query).split("&")) {
      if (parameter.startsWith(key + "=")) {
        return parameter.substring(key.length() + 1);
      }
    }
    return null;
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    var body = "{\"errors\":[{\"code\":\"%s\"}]}".formatted(code);
    send(exchange, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void empty(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, -1);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
