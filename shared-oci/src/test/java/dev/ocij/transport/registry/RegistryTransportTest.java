package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import dev.ocij.http.Retries;
import dev.ocij.http.Sleeper;
import dev.ocij.spec.OciException;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.testing.Tool;
import dev.ocij.transport.registry.auth.Credential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
class RegistryTransportTest {
  /// Each that asks for nothing writes to a repository of its own there.
  @AutoClose private static DockerRegistry open;

  @TempDir private static Path image;
  private static Tool skopeo;
  @TempDir private Path folder;

  @BeforeAll
  static void an_image_to_copy() {
    skopeo = Tool.required("skopeo");
    Busybox.required().writeLayout(image, "busybox");
    open = DockerRegistry.open();
    push(open.host(), "a/read", "--dest-tls-verify=false");
  }

  @Test
  void writes_what_it_read_so_that_skopeo_finds_the_same_digest() throws Exception {
    copy(transport(plain()), open.host(), "a/read", "b/plain");
    assertWritten("b/plain");
  }

  @Test
  void trusts_the_authority_in_a_directory() throws Exception {
    try (var registry = DockerRegistry.setup().tls().open()) {
      var trusted = Files.createDirectory(folder.resolve("certs"));
      Files.copy(registry.certificate(), trusted.resolve("ca.crt"));
      push(registry.host(), "a/read", "--dest-tls-verify=false");
      var options = options().withCertDir(trusted);
      copy(transport(options), registry.host(), "a/read", "b/written");
      assertThatThrownBy(() -> transport(options()).openSource("//" + registry.host() + "/a/read"))
          .hasMessageContaining("PKIX");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void finds_the_authority_among_those_of_the_system(boolean installed) throws Exception {
    try (var registry = DockerRegistry.setup().tls().open();
        var other = DockerRegistry.setup().tls().open()) {
      push(registry.host(), "a/read", "--dest-tls-verify=false");
      var bundle = folder.resolve("bundle.pem");
      var certificates = Files.readString(other.certificate());
      Files.writeString(
          bundle,
          installed ? certificates + Files.readString(registry.certificate()) : certificates);
      var transport = transport(options(Map.of("SSL_CERT_FILE", bundle.toString())));
      if (installed) {
        copy(transport, registry.host(), "a/read", "b/written");
      } else {
        assertThatThrownBy(() -> transport.openSource("//" + registry.host() + "/a/read"))
            .hasMessageContaining("PKIX");
      }
    }
  }

  @Test
  void shows_a_password() throws Exception {
    try (var registry = DockerRegistry.setup().password("ada", "sécret").open()) {
      push(registry.host(), "a/read", "--dest-tls-verify=false", "--dest-creds", "ada:sécret");
      var options = plain().withCredential(new Credential.Password("ada", "sécret"));
      copy(transport(options), registry.host(), "a/read", "b/written");
      assertThatThrownBy(() -> transport(plain()).openSource("//" + registry.host() + "/a/read"))
          .isInstanceOfSatisfying(
              OciException.class,
              e -> assertThat(e.category()).isEqualTo(OciException.Category.UNAUTHORIZED));
    }
  }

  @Test
  void exchanges_a_password_for_tokens() throws Exception {
    try (var registry = DockerRegistry.setup().tokens("ada", "secret").open()) {
      push(registry.host(), "a/read", "--dest-tls-verify=false", "--dest-creds", "ada:secret");
      var options = plain().withCredential(new Credential.Password("ada", "secret"));
      copy(transport(options), registry.host(), "a/read", "b/written");
    }
  }

  @Test
  void lists_and_deletes() throws Exception {
    try (var registry = DockerRegistry.open()) {
      push(registry.host(), "a/read", "--dest-tls-verify=false");
      var transport = transport(plain());
      var name = "//" + registry.host() + "/a/read";
      assertThat(transport.tags(name)).containsExactly("latest");
      transport.delete(name);
      assertThatThrownBy(() -> transport.openSource(name))
          .hasMessageContaining("manifest unknown")
          .isInstanceOfSatisfying(
              OciException.class,
              e -> assertThat(e.category()).isEqualTo(OciException.Category.NOT_FOUND));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset,match=blob-get,n=1,after=50%",
        "reset,match=blob-get,n=1,after=30%,times=3",
        "close,match=blob-get,n=1",
        "close,match=manifest-get,n=1",
        "empty,match=any,n=2",
        "no-range,match=blob-get,n=2",
        "status,match=any,status=503,n=1,times=3",
        "status,match=any,status=429,retry_after=1,n=3",
        "status,match=any,status=429,retry_after=date,n=3",
        "status,match=upload-put,status=500,n=1,times=2",
        "status,match=upload-post,status=502,n=1,times=2",
        "reset,match=upload-put,n=1",
        "drop-answer,match=upload-put,n=1",
        "drop-answer,match=manifest-put,n=1",
        "upload-lost,match=upload-put,n=1",
        "redirect,match=blob-get,n=1",
        "mount-refused,match=upload-mount,n=1"
      })
  void survives(String fault) throws Exception {
    var to = named(fault);
    try (var faulty = FaultyRegistry.before(open)) {
      var transport = transport(plain());
      faulty.arm(fault);
      copy(transport, faulty.host(), "a/read", to);
    }
    assertWritten(to);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status,match=manifest-get,status=403,times=0",
        "status,match=manifest-get,status=503,times=0",
        "status,match=manifest-get,status=429,retry_after=86400,times=0",
        "endless,match=manifest-get,times=0",
        "html,match=manifest-get,times=0",
        "flip,match=manifest-get,times=0",
        "wrong-digest-header,match=manifest-get,times=0",
        "redirect-loop,match=manifest-get,times=0",
        "redirect-file,match=manifest-get,times=0",
        "garbage,match=manifest-get,times=0"
      })
  void fails_cleanly(String fault) {
    var to = named(fault);
    try (var faulty = FaultyRegistry.before(open)) {
      var transport = transport(plain());
      faulty.arm(fault);
      assertThatThrownBy(() -> copy(transport, faulty.host(), "a/read", to))
          .isInstanceOfAny(OciException.class, IOException.class);
    }
    assertThatThrownBy(() -> transport(plain()).openSource("//" + open.host() + "/" + to))
        .hasMessageContaining("unknown");
  }

  /// docker-registry writes its notes of blobs in place: who reads one at that moment finds
  /// nothing.
  @Test
  void waits_while_another_one_pushes_the_same() throws Exception {
    var layers = open.storage().resolve("docker/registry/v2/repositories/b/again/_layers");
    var notes = new HashMap<Path, byte[]>();
    var pauses = new ArrayList<Duration>();
    Sleeper writesNotes =
        pause -> {
          pauses.add(pause);
          notes.forEach(RegistryTransportTest::write);
        };
    var transport = transport(plain().withRetries(Retries.system().withSleeper(writesNotes)));
    try (var source = transport.openSource("//" + open.host() + "/a/read");
        var sink = transport.openSink("//" + open.host() + "/b/again")) {
      var manifest = source.read().write(sink);
      try (var files = Files.walk(layers)) {
        for (var note : files.filter(Files::isRegularFile).toList()) {
          notes.put(note, Files.readAllBytes(note));
          write(note, new byte[0]);
        }
      }
      sink.commit(manifest);
    }
    assertThat(pauses).hasSize(1);
    assertWritten("b/again");
  }

  private static String named(String fault) {
    return "b/" + fault.replaceAll("[^a-z0-9]+", "-").replaceFirst("-$", "");
  }

  private void assertWritten(String name) {
    assertThat(digest(open.host(), name)).isEqualTo(digest(open.host(), "a/read"));
    pull(open.host(), name);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tells_a_realm_on_another_host_no_password() throws Exception {
    try (var registry = DockerRegistry.setup().password("ada", "hunter2").open()) {
      push(registry.host(), "a/read", "--dest-tls-verify=false", "--dest-creds", "ada:hunter2");
      try (var faulty = FaultyRegistry.before(registry)) {
        var options = plain().withCredential(new Credential.Password("ada", "hunter2"));
        faulty.arm("bad-realm,match=manifest-get,n=1");
        try {
          copy(transport(options), faulty.host(), "a/read", "b/written");
        } catch (OciException | IOException e) {
          assertThat(e).message().doesNotContain("hunter2");
        }
        assertThat(faulty.log()).contains("\"where\": \"other\"").doesNotContain("hunter2");
        assertThat(faulty.summary()).contains("\"credentials_at_other\": []");
      }
    }
  }

  private static RegistryOptions options() {
    return options(Map.of());
  }

  private static RegistryOptions options(Map<String, String> variables) {
    var environment = new Environment(variables, Path.of("/nonexistent"), Path.of("/"), "65534");
    return RegistryOptions.of(environment).withRetries(Retries.system().withSleeper(_ -> {}));
  }

  private static RegistryOptions plain() {
    return options().withTlsVerify(false);
  }

  private static RegistryTransport transport(RegistryOptions options) {
    return new RegistryTransport(options, new BlobLocations());
  }

  private static void copy(RegistryTransport transport, String host, String from, String to)
      throws IOException {
    try (var source = transport.openSource("//" + host + "/" + from);
        var sink = transport.openSink("//" + host + "/" + to)) {
      sink.commit(source.read().write(sink));
    }
  }

  private static void push(String host, String name, String... flags) {
    var command = new ArrayList<>(List.of("copy"));
    command.addAll(List.of(flags));
    command.add("oci:" + image + ":busybox");
    command.add("docker://" + host + "/" + name);
    skopeo.run(command.toArray(String[]::new)).succeeded();
  }

  private void pull(String host, String name) {
    var image = "docker://" + host + "/" + name;
    skopeo
        .run("copy", "--src-tls-verify=false", image, "dir:" + folder.resolve("pulled"))
        .succeeded();
  }

  private static String digest(String host, String name) {
    var image = "docker://" + host + "/" + name;
    return skopeo.output("inspect", "--tls-verify=false", "--format", "{{.Digest}}", image);
  }
}
