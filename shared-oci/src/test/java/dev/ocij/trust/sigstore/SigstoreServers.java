package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.trust.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.tsp.TimeStampRequest;

/// The servers of a [SigstoreRig] on loopback, as far as cosign asks them while it signs. They ask
/// nobody who somebody is.
public final class SigstoreServers implements AutoCloseable {
  public static final String ISSUER = SigstoreRig.ISSUER;
  public static final String EMAIL = SigstoreRig.EMAIL;
  private static final long INDEX = 1003;

  private final SigstoreRig rig = new SigstoreRig();
  private final HttpServer server;

  private SigstoreServers(HttpServer server) {
    this.server = server;
    rig.from = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    server.createContext("/api/v2/signingCert", this::certify);
    server.createContext("/api/v1/log/entries", this::log);
    server.createContext("/api/v1/timestamp", this::timestamp);
    server.start();
  }

  public static SigstoreServers open() {
    try {
      var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new SigstoreServers(HttpServer.create(anyPort, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the servers are, as cosign wants to be told.
  public byte[] signingConfig() {
    var json = Json.object();
    json.put("mediaType", "application/vnd.dev.sigstore.signingconfig.v0.2+json");
    addService(json, "caUrls", "");
    addService(json, "rekorTlogUrls", "");
    addService(json, "tsaUrls", "/api/v1/timestamp");
    json.putObject("rekorTlogConfig").put("selector", "ANY");
    json.putObject("tsaConfig").put("selector", "ANY");
    return Json.write(json);
  }

  /// Where timestamps are had.
  public String clock() {
    return "http://127.0.0.1:%d/api/v1/timestamp".formatted(server.getAddress().getPort());
  }

  /// The root of the clock, in PEM.
  public String clockCertificate() {
    return Authority.pem(rig.clocks.certificate());
  }

  /// What the clock says of some bytes, now.
  ///
  /// @param revocable whether its certificate names a place to ask whether it was revoked
  public byte[] timestamp(byte[] content, boolean revocable) {
    if (revocable) {
      rig.clock = rig.revocableClock();
    }
    rig.signed = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return rig.timestamp(content);
  }

  public byte[] trustedRoot() {
    return Json.write(rig.trustedRoot());
  }

  /// A token that says who somebody is, by a signature that nobody verifies.
  public String token() {
    var now = Instant.now().getEpochSecond();
    var claims =
        "{\"iss\":\"%s\",\"sub\":\"x\",\"aud\":\"sigstore\",\"email\":\"%s\",\"email_verified\":true,\"iat\":%d,\"exp\":%d}"
            .formatted(ISSUER, EMAIL, now, now + 600);
    return "%s.%s.%s".formatted(url("{\"alg\":\"RS256\"}"), url(claims), url("signature"));
  }

  private static String url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void addService(ObjectNode json, String key, String path) {
    var service = json.putArray(key).addObject();
    service.put("url", "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    service.put("majorApiVersion", 1).put("operator", "rig");
    service.putObject("validFor").put("start", rig.from.minusSeconds(60).toString());
  }

  private void certify(HttpExchange exchange) throws IOException {
    var asked = Json.readTree(exchange.getRequestBody().readAllBytes(), "request");
    var pem = asked.at("/publicKeyRequest/publicKey/content").asText();
    var key = KeyAlgorithm.publicKey(Pem.any(pem.getBytes(StandardCharsets.UTF_8)).content());
    var answer = Json.object();
    var chain =
        answer
            .putObject("signedCertificateEmbeddedSct")
            .putObject("chain")
            .putArray("certificates");
    chain.add(Authority.pem(rig.certificate(key)));
    rig.authority.chain().forEach(certificate -> chain.add(Authority.pem(certificate)));
    answer(exchange, 200, Json.write(answer));
  }

  private void log(HttpExchange exchange) throws IOException {
    var proposed =
        Json.readTree(exchange.getRequestBody().readAllBytes(), "entry")
            .at("/spec/proposedContent");
    rig.signed = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var body = body(proposed.path("envelope").asText(), proposed.at("/verifiers/0").asText());
    var entry = rig.entry(body);
    var answer = Json.object();
    var id = "24296fb24b8ad77a" + Digest.of(body).hex();
    var written = answer.putObject(id);
    written.put("body", body).put("integratedTime", rig.signed.getEpochSecond());
    written.put("logID", HexFormat.of().formatHex(SigstoreRig.id(rig.log))).put("logIndex", INDEX);
    var verification = written.putObject("verification");
    verification.put("signedEntryTimestamp", rig.promise(body, INDEX));
    addProof(verification.putObject("inclusionProof"), (ObjectNode) entry.get("inclusionProof"));
    exchange.getResponseHeaders().add("ETag", id);
    answer(exchange, 201, Json.write(answer));
  }

  /// The server writes hashes in hexadecimal, and numbers as numbers.
  private static void addProof(ObjectNode to, ObjectNode proof) throws IOException {
    to.put("checkpoint", proof.at("/checkpoint/envelope").asText());
    to.put("logIndex", proof.path("logIndex").asLong()).put("treeSize", 5);
    to.put("rootHash", HexFormat.of().formatHex(proof.path("rootHash").binaryValue()));
    var hashes = to.putArray("hashes");
    for (var hash : proof.path("hashes")) {
      hashes.add(HexFormat.of().formatHex(hash.binaryValue()));
    }
  }

  private static byte[] body(String envelope, String verifier) throws IOException {
    var bytes = envelope.getBytes(StandardCharsets.UTF_8);
    var read = Json.readTree(bytes, "envelope");
    return """
    {"apiVersion":"0.0.1","kind":"dsse","spec":{"envelopeHash":{"algorithm":"sha256","value":"%s"},\
    "payloadHash":{"algorithm":"sha256","value":"%s"},"signatures":[{"signature":"%s","verifier":"%s"}]}}\
    """
        .formatted(
            Digest.of(bytes).hex(),
            Digest.of(read.path("payload").binaryValue()).hex(),
            read.at("/signatures/0/sig").asText(),
            verifier)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void timestamp(HttpExchange exchange) throws IOException {
    rig.signed = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var request = new TimeStampRequest(exchange.getRequestBody().readAllBytes());
    exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
    answer(exchange, 200, rig.timestamp(request));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
