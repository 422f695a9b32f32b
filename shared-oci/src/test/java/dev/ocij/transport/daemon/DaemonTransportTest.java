package dev.ocij.transport.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.image.Blob;
import dev.ocij.testing.Certificates;
import dev.ocij.testing.DockerDaemon;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.registry.RegistryOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a daemon is asked and what it may answer.
class DaemonTransportTest {
  @TempDir private Path folder;
  private final SampleImage image = SampleImage.docker(1);
  @AutoClose private DockerDaemon daemon;

  @BeforeEach
  void a_daemon() {
    daemon = DockerDaemon.open(folder);
  }

  @Test
  void an_image_is_found_by_its_name_and_its_id() throws IOException {
    write(transport(daemon), "sample:v1");
    assertReads(transport(daemon), "sample:v1");
    assertReads(transport(daemon), "docker.io/library/sample:v1");
    assertReads(transport(daemon), image.config().descriptor().digest().toString());
    assertThat(daemon.requests())
        .contains("POST /v1.41/images/load?quiet=1", "GET /v1.41/images/get?names=sample%3Av1");
  }

  @Test
  void temporary_files_are_gone_afterwards() throws IOException {
    write(transport(daemon), "sample:v1");
    assertReads(transport(daemon), "sample:v1");
    assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("docker.sock"));
  }

  @Test
  void a_daemon_at_a_port_is_asked_in_plain_or_with_tls() throws IOException {
    try (var plain = DockerDaemon.atPort()) {
      write(transport(plain), "sample:v1");
      assertReads(transport(plain), "sample:v1");
    }
    var certificate = Certificates.forLoopback();
    var trusted = Files.createDirectory(folder.resolve("certs"));
    Files.writeString(trusted.resolve("ca.crt"), certificate.certificatePem());
    try (var tls = DockerDaemon.atPort(certificate)) {
      var options = options().withCertDir(trusted);
      write(new DaemonTransport(tls.host(), options, folder), "sample:v1");
      assertReads(transport(tls, options().withTlsVerify(false)), "sample:v1");
      assertThatThrownBy(() -> transport(tls).openSource("sample:v1")).hasMessageContaining("PKIX");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sample | neither a tag nor a digest
          sha256:abc | the name sha256 is reserved
          sha256@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | reserved
          a:1@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | both a tag and digest
          '' | neither a tag nor a digest
          UPPER:1 | invalid reference format
          sample:none | Error response from daemon: No such image: sample:none (404)
          """)
  void what_cannot_be_read_is_told(String rest, String found) {
    assertThatThrownBy(() -> transport(daemon).openSource(rest)).hasMessageContaining(found);
  }

  @ParameterizedTest
  @CsvSource({
    "sample",
    "sample@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  })
  void an_image_is_written_under_a_tag_only(String rest) {
    assertThatThrownBy(() -> transport(daemon).openSink(rest))
        .hasMessageContaining(rest.equals("sample") ? "neither" : "must be a name:tag");
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense",
    "unix://relative",
    "http://user@host:1",
    "http://host/path",
    "ftp://host"
  })
  void a_daemon_that_cannot_be_meant_is_refused(String host) {
    assertThatThrownBy(() -> new DaemonTransport(host, options(), folder).openSource("a:1"))
        .hasMessageStartingWith("unable to parse docker host \"" + host + "\"");
  }

  @Test
  void a_daemon_that_is_not_there_is_named() {
    var host = "unix://" + folder.resolve("none");
    assertThatThrownBy(() -> new DaemonTransport(host, options(), folder).openSource("a:1"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot connect to the Docker daemon at " + host);
  }

  @Test
  void an_image_that_the_daemon_refuses_is_not_written() throws IOException {
    var archive = folder.resolve("text");
    Files.writeString(archive, "no archive");
    var parsed = DaemonHost.parse(daemon.host());
    var client = new DaemonClient(parsed, DaemonConnection.open(parsed, options()), "test");
    try (var in = Files.newInputStream(archive)) {
      assertThatThrownBy(() -> client.load(new ArchiveBody(in, Files.size(archive))))
          .hasMessage("load an image: docker engine reported: \"no archive\"");
    }
  }

  @Test
  void an_archive_that_is_none_is_refused() {
    daemon.put("sample:v1", "text".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> transport(daemon).openSource("sample:v1"))
        .hasMessageStartingWith("open docker-daemon:sample:v1");
  }

  @Test
  void a_digest_is_that_of_the_manifest_which_is_made() throws IOException {
    write(transport(daemon), "sample:v1");
    var digest = "sample@" + digest();
    daemon.put(digest, daemon.archive("sample:v1"));
    daemon.put("sample@sha256:" + "a".repeat(64), daemon.archive("sample:v1"));
    assertReads(transport(daemon), digest);
    assertThatThrownBy(() -> transport(daemon).openSource("sample@sha256:" + "a".repeat(64)))
        .hasMessageContaining("expected sha256:aaaa");
  }

  private String digest() throws IOException {
    try (var source = transport(daemon).openSource("sample:v1")) {
      return source.document().digest().toString();
    }
  }

  private void assertReads(DaemonTransport transport, String rest) throws IOException {
    try (var source = transport.openSource(rest)) {
      for (Blob.Known blob : image.blobs()) {
        assertThat(source.blob(blob.descriptor()).open()).hasSameContentAs(blob.open());
      }
    }
  }

  private void write(DaemonTransport transport, String rest) throws IOException {
    try (var sink = transport.openSink(rest)) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
  }

  private DaemonTransport transport(DockerDaemon to) {
    return transport(to, options());
  }

  private DaemonTransport transport(DockerDaemon to, RegistryOptions options) {
    return new DaemonTransport(to.host(), options, folder);
  }

  private static RegistryOptions options() {
    return RegistryOptions.of(Environment.system());
  }
}
