package dev.ocij.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// A stand-in for a Docker daemon: what Docker's documentation says of `/_ping`, `/images/get` and
/// `/images/load`, over a file or a port. It keeps the archives that it was given, by the names in
/// them and by the ids of their images.
public final class DockerDaemon implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocketChannel server;
  private final Path file;
  private final Optional<HeldCertificate> certificate;
  private final Map<String, byte[]> archives = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private DockerDaemon(
      ServerSocketChannel server, Path file, Optional<HeldCertificate> certificate) {
    this.server = server;
    this.file = file;
    this.certificate = certificate;
    Thread.ofVirtual().start(this::accept);
  }

  /// Listens at a file in this folder.
  public static DockerDaemon open(Path folder) {
    var file = folder.resolve("docker.sock");
    return listen(
        StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(file), file, Optional.empty());
  }

  /// Listens at a free port of the loopback address, in plain HTTP.
  public static DockerDaemon atPort() {
    return atPort(Optional.empty());
  }

  /// As [#atPort()], with TLS and this certificate.
  public static DockerDaemon atPort(HeldCertificate certificate) {
    return atPort(Optional.of(certificate));
  }

  private static DockerDaemon atPort(Optional<HeldCertificate> certificate) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return listen(StandardProtocolFamily.INET, address, Path.of(""), certificate);
  }

  private static DockerDaemon listen(
      StandardProtocolFamily family,
      SocketAddress address,
      Path file,
      Optional<HeldCertificate> certificate) {
    try {
      return new DockerDaemon(ServerSocketChannel.open(family).bind(address), file, certificate);
    } catch (IOException e) {
      throw new UncheckedIOException("listen at " + address, e);
    }
  }

  /// What `--daemon-host` is told.
  public String host() {
    try {
      return server.getLocalAddress() instanceof InetSocketAddress address
          ? (certificate.isPresent() ? "tcp" : "http") + "://127.0.0.1:" + address.getPort()
          : "unix://" + file;
    } catch (IOException e) {
      throw new UncheckedIOException("find the daemon's port", e);
    }
  }

  /// The archive that was loaded under a full name, or `sha256:` and the id.
  public byte[] archive(String name) {
    return archives.getOrDefault(name, new byte[0]);
  }

  /// What the daemon gives for a name, whatever it is.
  public void put(String name, byte[] archive) {
    archives.put(name, archive);
  }

  /// Method and target of all requests, in their order.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("close the daemon", e);
    }
  }

  private void accept() {
    try {
      while (server.isOpen()) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (ClosedChannelException _) {
      // the test is over
    } catch (IOException e) {
      throw new UncheckedIOException("accept a client", e);
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      var wire = wire(client);
      for (var asked = wire.next(); asked != null; asked = wire.next()) {
        requests.add(asked.method() + " " + asked.target());
        answer(wire, asked);
      }
    } catch (IOException _) {
      // the client went away
    }
  }

  private DockerWire wire(SocketChannel client) throws IOException {
    return certificate.isEmpty()
        ? DockerWire.of(client)
        : DockerWire.of(
            client, new HandshakeCertificates.Builder().heldCertificate(certificate.get()).build());
  }

  private void answer(DockerWire wire, DockerWire.Asked asked) throws IOException {
    if (asked.target().equals("/_ping")) {
      wire.answer(200, "text/plain", new byte[0]); // as for HEAD, which some clients send
    } else if (asked.path().endsWith("/images/get")) {
      save(wire, full(asked.query("names")));
    } else if (asked.path().endsWith("/images/load")) {
      wire.answer(200, "application/json", load(asked.body()));
    } else {
      wire.answer(404, "application/json", message("page not found"));
    }
  }

  private void save(DockerWire wire, String name) throws IOException {
    var archive = archives.get(name);
    if (archive == null) {
      wire.answer(404, "application/json", message("No such image: " + name));
    } else {
      wire.answer(200, "application/x-tar", archive);
    }
  }

  private byte[] load(byte[] archive) {
    try {
      for (var image : manifest(archive)) {
        archives.put("sha256:" + image.path("Config").asText().replace(".json", ""), archive);
        image.path("RepoTags").forEach(tag -> archives.put(full(tag.asText()), archive));
      }
      return "{\"stream\":\"Loaded image\\n\"}\n".getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "{\"errorDetail\":{\"message\":\"no archive\"},\"error\":\"no archive\"}\n"
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static JsonNode manifest(byte[] archive) throws IOException {
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().equals("manifest.json")) {
          return JSON.readTree(tar.readAllBytes());
        }
      }
    }
    throw new IOException("no manifest.json");
  }

  private static byte[] message(String text) {
    return "{\"message\":\"%s\"}".formatted(text).getBytes(StandardCharsets.UTF_8);
  }

  /// A daemon leaves out where names come from by default; peers write all of it.
  private static String full(String name) {
    return Stream.of("docker.io/library/", "docker.io/")
        .filter(name::startsWith)
        .findFirst()
        .map(start -> name.substring(start.length()))
        .orElse(name);
  }
}
