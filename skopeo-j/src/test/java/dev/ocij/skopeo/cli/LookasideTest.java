package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.ocij.testing.Certificates;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.trust.simple.GpgHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Simple signatures beside a registry, under one registries.d: what either of skopeo and us wrote,
/// the other finds and believes.
@Tag("tool")
class LookasideTest {
  private static GpgHome gpg;
  private static DockerRegistry registry;
  private static Tool skopeo;
  private static StartImages start;
  private static String fingerprint;
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private String host;

  @BeforeAll
  static void open() throws IOException {
    skopeo = Tool.required("skopeo");
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
    gpg = GpgHome.create();
    fingerprint = gpg.generate("release", "rsa2048", "sign", "never", "");
    Files.write(shared.resolve("release.gpg"), gpg.export("release"));
  }

  @AfterAll
  static void close() throws IOException {
    if (gpg != null) {
      gpg.close();
    }
    if (registry != null) {
      registry.close();
    }
  }

  @BeforeEach
  void use() throws IOException {
    use(registry.host());
  }

  private void use(String name) throws IOException {
    host = name;
    registries("lookaside: file://%s/signatures".formatted(folder));
    Files.writeString(
        folder.resolve("policy.json"),
        """
        {"default":[{"type":"reject"}],"transports":{"docker":{"%s":[
          {"type":"signedBy","keyType":"GPGKeys","keyPath":"%s"}]}}}
        """
            .formatted(host, shared.resolve("release.gpg")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_one_writes_both_believe(boolean ours) throws IOException {
    sign(ours, start.oci(StartImages.INDEX)).succeeded();
    assertThat(signatures()).hasSize(3);
    assertThat(copied(true, "--all").status()).isZero();
    assertThat(copied(false, "--all").status()).isZero();
  }

  @Test
  void without_a_signature_there_both_refuse() throws IOException {
    sign(true, start.oci(StartImages.SINGLE)).succeeded();
    Files.delete(signatures().getFirst());
    assertThat(copied(true).failed().stderr()).contains("no signature exists");
    assertThat(copied(false).failed().stderr()).contains("no signature exists");
  }

  @Test
  void signatures_of_a_web_server_are_read_and_never_written() throws IOException {
    sign(true, start.oci(StartImages.SINGLE)).succeeded();
    var server = serve(folder.resolve("signatures"));
    try {
      registries("sigstore: http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
      assertThat(copied(true).status()).isZero();
      assertThat(copied(false).status()).isZero();
      for (boolean judge : List.of(true, false)) {
        assertThat(sign(judge, start.oci(StartImages.SINGLE)).failed().stderr())
            .contains("is not supported. Configure a lookaside-staging: location");
      }
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_web_server_with_tls_is_read_where_it_is_trusted(boolean trusted) throws IOException {
    var certificate = Certificates.forLoopback();
    try (var encrypted = DockerRegistry.setup().tls().open()) {
      use(encrypted.host());
      sign(true, start.oci(StartImages.SINGLE)).succeeded();
      var known = Files.readString(encrypted.certificate());
      Files.writeString(
          folder.resolve("known.pem"), trusted ? known + certificate.certificatePem() : known);
      var server = serve(folder.resolve("signatures"), certificate);
      try {
        registries("lookaside: https://127.0.0.1:%d".formatted(server.getAddress().getPort()));
        for (boolean ours : List.of(true, false)) {
          var line = copyLine(ours);
          var copied =
              (ours ? SkopeoLine.with(line) : skopeo.with(line))
                  .with(Map.of("SSL_CERT_FILE", folder.resolve("known.pem").toString()))
                  .outcome();
          assertThat(copied.status() == 0).as(ours + " " + copied.stderr()).isEqualTo(trusted);
          assertThat(copied.stderr().toLowerCase(Locale.ROOT).contains("certificat"))
              .as(copied.stderr())
              .isEqualTo(!trusted);
        }
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void new_signatures_go_to_the_staging_place_beside_those_that_are_there() throws Exception {
    registries(
        "lookaside: file://%1$s/nowhere\n    lookaside-staging: file://%1$s/signatures"
            .formatted(folder));
    sign(true, start.oci(StartImages.SINGLE)).succeeded();
    Thread.sleep(1000); // in the same second it would be the same signature
    sign(true, start.oci(StartImages.SINGLE)).succeeded();
    assertThat(signatures()).hasSize(2);
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void a_copy_takes_the_signatures_along_once() throws IOException {
    sign(true, start.oci(StartImages.SINGLE)).succeeded();
    run(true, "copy", "-q", "--src-tls-verify=false", there(), "dir:" + folder + "/dir")
        .succeeded();
    run(true, "copy", "-q", "--dest-tls-verify=false", "dir:" + folder + "/dir", there())
        .succeeded();
    assertThat(signatures()).hasSize(1);
  }

  @Test
  void attachments_can_be_switched_off() throws IOException {
    var key = shared.resolve("cosign");
    Files.writeString(shared.resolve("secret"), "secret");
    SkopeoLine.run(
            "generate-sigstore-key",
            "--output-prefix=" + key,
            "--passphrase-file=" + shared.resolve("secret"))
        .succeeded();
    registries("use-sigstore-attachments: false");
    var signing =
        run(
            true,
            "copy",
            "--dest-tls-verify=false",
            "--sign-by-sigstore-private-key=" + key + ".private",
            "--sign-passphrase-file=" + shared.resolve("secret"),
            start.oci(StartImages.SINGLE),
            there());
    assertThat(signing.failed().stderr()).contains("use-sigstore-attachments is false");
  }

  private String there() {
    return "docker://%s/team/app:%s".formatted(host, folder.getFileName());
  }

  private void registries(String section) throws IOException {
    Files.createDirectories(folder.resolve("registries.d"));
    Files.writeString(
        folder.resolve("registries.d/default.yaml"),
        "docker:\n  %s/team:\n    %s\n".formatted(host, section));
  }

  private List<Path> signatures() throws IOException {
    try (var files = Files.walk(folder.resolve("signatures"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private Outcome sign(boolean ours, String image) {
    String[] line = {
      "copy", "-q", "--all", "--dest-tls-verify=false", "--sign-by=" + fingerprint, image, there()
    };
    var options = List.of("--insecure-policy", "--registries.d=" + folder + "/registries.d");
    var words = Stream.concat(options.stream(), Stream.of(line)).toArray(String[]::new);
    return (ours ? SkopeoLine.with(words) : skopeo.with(words)).with(gpg.environment()).outcome();
  }

  private Outcome run(boolean ours, String... line) {
    var options = List.of("--insecure-policy", "--registries.d=" + folder + "/registries.d");
    var words = Stream.concat(options.stream(), Stream.of(line)).toArray(String[]::new);
    return ours ? SkopeoLine.run(words) : skopeo.run(words);
  }

  private Outcome copied(boolean ours, String... more) {
    var options = Stream.concat(Stream.of("--src-tls-verify=false"), Stream.of(more));
    var line = copyLine(ours, options.toArray(String[]::new));
    return ours ? SkopeoLine.run(line) : skopeo.run(line);
  }

  private String[] copyLine(boolean ours, String... more) {
    return Stream.concat(
            Stream.of(
                "--policy=" + folder.resolve("policy.json"),
                "--registries.d=" + folder.resolve("registries.d"),
                "copy",
                "-q",
                there(),
                "dir:" + folder.resolve(ours ? "ours" : "theirs")),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static HttpsServer serve(Path directory, HeldCertificate certificate) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpsServer.create(address, 0);
    server.createContext("/", SimpleFileServer.createFileHandler(directory));
    var shown = new HandshakeCertificates.Builder().heldCertificate(certificate).build();
    server.setHttpsConfigurator(new HttpsConfigurator(shown.sslContext()));
    server.start();
    return server;
  }

  private static HttpServer serve(Path directory) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server =
        SimpleFileServer.createFileServer(
            address, directory.toAbsolutePath(), SimpleFileServer.OutputLevel.NONE);
    server.start();
    return server;
  }
}
