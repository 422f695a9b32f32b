package dev.ocij.transport.registry;

import dev.ocij.config.Environment;
import dev.ocij.image.Document;
import dev.ocij.image.Samples;
import dev.ocij.spec.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;

/// A registry with one manifest, whose certificate is for `localhost` and `registry.example`.
final class TlsRegistry implements AutoCloseable {
  final MockWebServer server = new MockWebServer();
  final HeldCertificate client = new HeldCertificate.Builder().commonName("client").build();
  private final HeldCertificate certificate =
      new HeldCertificate.Builder()
          .commonName("registry")
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("registry.example")
          .build();
  private final Document manifest =
      Objects.requireNonNull(new Samples().image(MediaType.OCI_MANIFEST).original());

  /// Where the manifest is instead; empty for here.
  volatile String moved = "";

  TlsRegistry() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request.getUrl().encodedPath());
          }
        });
  }

  HandshakeCertificates certificates() {
    return new HandshakeCertificates.Builder()
        .heldCertificate(certificate)
        .addTrustedCertificate(client.certificate())
        .build();
  }

  TlsRegistry https() {
    server.useHttps(certificates().sslSocketFactory());
    return started();
  }

  TlsRegistry started() {
    try {
      server.start();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String host() {
    return "localhost:" + server.getPort();
  }

  /// Writes the authority of the server's certificate, and of clients' certificate and key.
  void writeCertificates(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("ca.crt"), certificate.certificatePem());
  }

  void writeClient(Path folder) throws IOException {
    Files.writeString(folder.resolve("client.cert"), client.certificatePem());
    Files.writeString(folder.resolve("client.key"), client.privateKeyPkcs8Pem());
  }

  /// Reads the manifest, as a copy would.
  static String read(RegistryOptions options, String host) throws IOException {
    var transport = new RegistryTransport(options, new BlobLocations(), null);
    try (var source = transport.openSource("//%s/a/b:c".formatted(host))) {
      return source.document().digest().toString();
    }
  }

  String digest() {
    return manifest.digest().toString();
  }

  static RegistryOptions options(Path root, Map<String, String> variables) {
    return RegistryOptions.of(new Environment(variables, root, root, "0"));
  }

  @Override
  public void close() {
    server.close();
  }

  private MockResponse answer(String path) {
    if (!moved.isEmpty() && path.contains("/manifests/")) {
      return new MockResponse.Builder().code(307).addHeader("Location", moved).build();
    }
    return path.contains("/manifests/")
        ? new MockResponse.Builder()
            .addHeader("Content-Type", MediaType.OCI_MANIFEST)
            .body(new Buffer().write(manifest.bytes()))
            .build()
        : new MockResponse.Builder().code(200).build();
  }
}
