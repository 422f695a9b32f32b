package dev.ocij.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.tls.HeldCertificate;

/// Debian's docker-registry on a free port of the loopback address, empty, with deletion enabled.
///
/// It stores in a temporary folder and is gone when closed. A test without the package is skipped.
public final class DockerRegistry implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:\\d+)");

  private final Server server;
  private final TemporaryFolder folder;
  private final Optional<Path> certificate;
  private final Optional<TokenServer> tokens;

  private DockerRegistry(Setup setup) throws IOException {
    var program = Tool.required("docker-registry");
    this.folder = TemporaryFolder.create("registry");
    this.certificate = setup.writeTo(folder.path());
    this.tokens = setup.tokens;
    var command = List.of(program.program().toString(), "serve", "registry.yaml");
    this.server = Server.start(command, folder.path(), LISTENING);
  }

  /// Without encryption, open to everyone.
  public static DockerRegistry open() {
    return setup().open();
  }

  /// Begins the description of a registry; [Setup#open()] starts it.
  public static Setup setup() {
    return new Setup();
  }

  /// The name that a reference begins with: `127.0.0.1:PORT`.
  public String host() {
    return server.announced(1);
  }

  /// The certificate in PEM that a client of a registry with TLS must trust; also valid for
  /// `localhost`.
  public Path certificate() {
    return certificate.orElseThrow(() -> new IllegalStateException("this registry has no TLS"));
  }

  /// A token for all rights on these repositories, of a registry with tokens.
  public String token(String... repositories) {
    return tokens
        .orElseThrow(() -> new IllegalStateException("this registry has no tokens"))
        .token(repositories);
  }

  /// Where the blobs lie, in docker-registry's own layout.
  public Path storage() {
    return folder.path().resolve("storage");
  }

  @Override
  public void close() {
    server.close();
    tokens.ifPresent(TokenServer::close);
    folder.close();
  }

  /// How a registry is to be: the methods may be combined, except the two that ask for credentials.
  public static final class Setup {

    private Optional<HeldCertificate> certificate = Optional.empty();
    private Optional<String> htpasswd = Optional.empty();
    private Optional<TokenServer> tokens = Optional.empty();
    private boolean schema1;

    private Setup() {}

    /// Takes manifests of Docker's schema 1 too.
    public Setup schema1() {
      schema1 = true;
      return this;
    }

    /// With TLS and a certificate made on the spot.
    public Setup tls() {
      certificate = Optional.of(Certificates.forLoopback());
      return this;
    }

    /// Only with this name and password, sent with each request (Basic).
    public Setup password(String user, String password) {
      htpasswd = Optional.of(Htpasswd.line(user, password));
      return this;
    }

    /// Only with tokens (Bearer) of a token server that gives all rights for this name and
    /// password, and `pull` to anyone else.
    public Setup tokens(String user, String password) {
      tokens = Optional.of(TokenServer.open(user, password));
      return this;
    }

    public DockerRegistry open() {
      try {
        return new DockerRegistry(this);
      } catch (IOException e) {
        throw new UncheckedIOException("start docker-registry", e);
      }
    }

    private Optional<Path> writeTo(Path folder) throws IOException {
      var yaml = new StringBuilder(RegistryYaml.storage());
      if (certificate.isPresent()) {
        Files.writeString(folder.resolve("tls.crt"), certificate.get().certificatePem());
        Files.writeString(folder.resolve("tls.key"), certificate.get().privateKeyPkcs8Pem());
        yaml.append(RegistryYaml.tls());
      }
      if (htpasswd.isPresent()) {
        Files.writeString(folder.resolve("htpasswd"), htpasswd.get());
        yaml.append(RegistryYaml.passwords());
      }
      if (tokens.isPresent()) {
        Files.writeString(folder.resolve("tokens.crt"), tokens.get().certificatePem());
        yaml.append(RegistryYaml.tokens(tokens.get().realm()));
      }
      if (schema1) {
        yaml.append(RegistryYaml.schema1());
      }
      Files.writeString(folder.resolve("registry.yaml"), yaml);
      return certificate.map(_ -> folder.resolve("tls.crt"));
    }
  }
}
