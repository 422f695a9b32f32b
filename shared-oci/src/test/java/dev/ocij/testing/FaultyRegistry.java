package dev.ocij.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A proxy before a [DockerRegistry] that injects faults at chosen requests.
///
/// The program is one of the [SharedFiles]. Faults are written as it wants them:
/// `reset,match=blob-get,n=2,after=50%`.
public final class FaultyRegistry implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("listening (\\S+) other (\\S+)");
  private static final String PROGRAM = "faults/faulty_registry.py";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Server server;
  private final @Nullable TemporaryFolder certificate;

  private FaultyRegistry(List<String> command, @Nullable TemporaryFolder certificate) {
    this.server = Server.start(command, ProjectFolder.root(), LISTENING);
    this.certificate = certificate;
  }

  public static FaultyRegistry before(DockerRegistry registry, String... faults) {
    return new Setup().before(registry, faults);
  }

  /// Begins the description of a proxy that asks for more than the registry behind it.
  public static Setup setup() {
    return new Setup();
  }

  /// The name that a reference begins with.
  public String host() {
    return server.announced(1);
  }

  /// The host that redirects lead to; it must never see credentials.
  public String otherHost() {
    return server.announced(2);
  }

  /// A folder with the certificate as `ca.crt`, where there is TLS.
  public Path certificates() {
    if (certificate == null) {
      throw new IllegalStateException("this proxy has no TLS");
    }
    return certificate.path();
  }

  /// The JSON of counts by class of request, blobs got more than once, and credentials seen by the
  /// other host.
  public String summary() {
    return get("summary");
  }

  /// The JSON of all requests, to this host and to the other.
  public String log() {
    return get("log");
  }

  /// All requests to this host and to the other, in their order.
  public List<JsonNode> requests() {
    var requests = new ArrayList<JsonNode>();
    json(log()).forEach(requests::add);
    return requests;
  }

  /// How often faults were injected.
  public int fired() {
    int fired = 0;
    for (var fault : json(summary()).path("faults_fired")) {
      fired += fault.path("fired").asInt();
    }
    return fired;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String get(String what) {
    return ask(
        HttpRequest.newBuilder(URI.create("http://" + otherHost() + "/__faults/" + what)).build());
  }

  /// Adds a fault to those that are armed.
  public void arm(String fault) {
    var uri = URI.create("http://" + otherHost() + "/__faults/arm?" + fault.replace("%", "%25"));
    ask(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  @Override
  public void close() {
    server.close();
    if (certificate != null) {
      certificate.close();
    }
  }

  private static String ask(HttpRequest request) {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("ask " + request.uri(), e);
    }
  }

  /// What the proxy asks for; the registry behind it asks for nothing.
  public static final class Setup {
    private final List<String> options = new ArrayList<>();
    private boolean tls;

    /// Name and password with each request (Basic).
    public Setup password(String user, String password) {
      options.addAll(List.of("--auth", "basic", "--user", user + ":" + password));
      return this;
    }

    /// Tokens for a name and password, each good for so many requests.
    public Setup tokens(String user, String password, int uses) {
      options.addAll(List.of("--auth", "token", "--user", user + ":" + password));
      options.addAll(List.of("--token-uses", Integer.toString(uses)));
      return this;
    }

    /// TLS, with a certificate made on the spot.
    public Setup tls() {
      tls = true;
      return this;
    }

    public FaultyRegistry before(DockerRegistry registry, String... faults) {
      var program = SharedFiles.required(PROGRAM).toString();
      var python = Tool.required("python3").program().toString();
      var command = new ArrayList<>(List.of(python, "-u", program));
      command.addAll(List.of("--upstream", "http://" + registry.host()));
      command.addAll(options);
      for (var fault : faults) {
        command.addAll(List.of("--fault", fault));
      }
      return new FaultyRegistry(command, tls ? certificate(command) : null);
    }

    private static TemporaryFolder certificate(List<String> command) {
      var folder = TemporaryFolder.create("faulty");
      var made = Certificates.forLoopback();
      var certificate = folder.path().resolve("ca.crt");
      var key = folder.path().resolve("server.key.pem");
      try {
        Files.writeString(certificate, made.certificatePem());
        Files.writeString(key, made.privateKeyPkcs8Pem());
      } catch (IOException e) {
        throw new UncheckedIOException("write a certificate", e);
      }
      command.addAll(List.of("--tls-cert", certificate.toString(), "--tls-key", key.toString()));
      return folder;
    }
  }
}
