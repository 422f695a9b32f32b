package dev.ocij.skopeo.cli;

import com.sun.net.httpserver.HttpServer;
import dev.ocij.testing.DockerDaemon;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.MemoryRegistry;
import dev.ocij.testing.MemoryRegistry.Trait;
import dev.ocij.trust.simple.GpgHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// Where the walk goes: docker-registry in each of its kinds, with the same images, a Docker
/// daemon, and a folder with keys, policies and images.
final class WalkPlaces implements AutoCloseable {
  /// What a registry is like.
  enum Kind {
    PLAIN("--tls-verify=false"),
    TLS("--cert-dir={dir}/certs"),
    AUTH("--cert-dir={dir}/certs --creds=ada:secret"),
    TOKENS("--tls-verify=false --creds=ada:secret");

    private final String flags;

    Kind(String flags) {
      this.flags = flags;
    }

    /// What brings a command in, with a prefix where it has two ends.
    String flags(String prefix) {
      return flags.replace("--", "--" + prefix);
    }

    private DockerRegistry open() {
      var setup = DockerRegistry.setup();
      return switch (this) {
        case PLAIN -> setup.schema1().open();
        case TLS -> setup.schema1().tls().open();
        case AUTH -> setup.schema1().tls().password("ada", "secret").open();
        case TOKENS -> setup.tokens("ada", "secret").open();
      };
    }
  }

  final Path dir;
  final List<String> heard = new CopyOnWriteArrayList<>();
  private final Map<Kind, DockerRegistry> registries = new EnumMap<>(Kind.class);
  private final MemoryRegistry memory = MemoryRegistry.with(Trait.TAG_DELETION);
  private final DockerDaemon daemon;
  private final HttpServer listener;
  private final GpgHome gpg;
  private final String fingerprint;
  private final String locked;
  private final String nobody;
  private final String digest;

  WalkPlaces(Path dir) throws IOException {
    this.dir = dir;
    for (var kind : Kind.values()) {
      registries.put(kind, kind.open());
    }
    daemon = DockerDaemon.open(dir);
    listener = listener();
    gpg = GpgHome.create();
    fingerprint = gpg.generate("walk", "rsa2048", "sign", "never", "");
    locked = gpg.generate("locked", "rsa2048", "sign", "never", "secret");
    Files.write(dir.resolve("walk.gpg"), gpg.export("walk"));
    var softKeys = Files.createDirectories(dir.resolve("sequoia/data/keystore/softkeys"));
    Files.write(softKeys.resolve(fingerprint + ".pgp"), gpg.exportSecret("walk", ""));
    Files.write(softKeys.resolve(locked + ".pgp"), gpg.exportSecret("locked", "secret"));
    try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "127.0.0.1:" + unused.getLocalPort();
    }
    files();
    digest = images();
  }

  /// A server that has nothing and remembers who asked.
  private HttpServer listener() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          heard.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private void files() throws IOException {
    var certs = Files.createDirectory(dir.resolve("certs"));
    Files.copy(registry(Kind.TLS).certificate(), certs.resolve("tls.crt"));
    Files.copy(registry(Kind.AUTH).certificate(), certs.resolve("auth.crt"));
    var login = Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
    write(
        "auth.json",
        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry(Kind.AUTH).host(), login));
    write("reject.json", "{\"default\":[{\"type\":\"reject\"}]}");
    write("accept.json", "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    write(
        "signed.json",
        """
        {"default":[{"type":"sigstoreSigned","keyPath":"%s/key.pub",
          "signedIdentity":{"type":"matchRepository"}}]}
        """
            .formatted(dir));
    write("groups.yaml", "namedGroups: [ffdhe2048]\n");
    write("said.json", "{\"what\":\"was said\"}");
    write("secret", "secret\n");
    for (var kind : Kind.values()) {
      write(
          kind + ".conf",
          """
          [[registry]]
          prefix = "example.test/team"
          location = "%s"
          """
              .formatted(registry(kind).host()));
    }
    Files.createDirectory(dir.resolve("registries.d"));
    write(
        "registries.d/all.yaml",
        "default-docker:\n  lookaside: file://%s/lookaside\n".formatted(dir));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(dir.resolve(name), text);
  }

  /// @return what is behind the colon of the digest of the image that all have
  private String images() throws IOException {
    var start = StartImages.in(dir);
    SkopeoLine.run(
            "generate-sigstore-key",
            "--output-prefix=" + dir.resolve("key"),
            "--passphrase-file=" + dir.resolve("secret"))
        .succeeded();
    write(
        "params.yaml",
        "privateKeyFile: %s/key.private\nprivateKeyPassphraseFile: %s/secret\n"
            .formatted(dir, dir));
    HistoryImage.write(dir.resolve("docker"));
    SkopeoLine.copy("dir:" + dir + "/docker", "dir:" + dir + "/uncompressed", "--dest-decompress")
        .succeeded();
    Files.createDirectory(dir.resolve("tree"));
    SkopeoLine.copy(start.oci("single"), "dir:" + dir + "/tree/one:t").succeeded();
    for (var kind : Kind.values()) {
      var app = "docker://" + registry(kind).host() + "/app:";
      var creds = "--dest-creds=ada:secret";
      SkopeoLine.copy(
              start.oci("single"),
              app + "single",
              creds,
              "--sign-by-sigstore=" + dir.resolve("params.yaml"))
          .succeeded();
      platforms(app + "index", creds);
    }
    var told = SkopeoLine.run("inspect", "--format={{.Digest}}", start.oci("single")).succeeded();
    return told.stdout().strip().substring("sha256:".length());
  }

  /// An index for two platforms, the second for arm64.
  private void platforms(String to, String creds) throws IOException {
    var index = dir.resolve("index");
    if (!Files.exists(index)) {
      SkopeoLine.copy("oci:" + dir + "/start:index", "dir:" + index, "--all").succeeded();
      var text = Files.readString(index.resolve("manifest.json"));
      int last = text.lastIndexOf("amd64");
      write("index/manifest.json", text.substring(0, last) + "arm64" + text.substring(last + 5));
    }
    SkopeoLine.copy("dir:" + index, to, "--all", creds).succeeded();
  }

  /// The text with names of places in the place of their words.
  ///
  /// @param name of a repository that nobody else has
  String filled(String text, Kind kind, String name, Path out) {
    var host = registry(kind).host();
    return text.replace("{in}", kind.flags(""))
        .replace("{src}", kind.flags("src-"))
        .replace("{dest}", kind.flags("dest-"))
        .replace("{host}", host)
        .replace("{kind}", kind.toString())
        .replace("{plain}", registry(Kind.PLAIN).host())
        .replace("{tls}", registry(Kind.TLS).host())
        .replace("{auth}", registry(Kind.AUTH).host())
        .replace("{tokens}", registry(Kind.TOKENS).host())
        .replace("{token}", registry(Kind.TOKENS).token("app", name, name + "/one"))
        .replace("{memory}", memory.host())
        .replace("{daemon}", daemon.host())
        .replace("{nobody}", nobody)
        .replace("{listener}", "127.0.0.1:" + listener.getAddress().getPort())
        .replace("{gpg}", fingerprint)
        .replace("{locked}", locked)
        .replace(
            "{key}",
            "--sign-by-sigstore-private-key={dir}/key.private --sign-passphrase-file={dir}/secret")
        .replace("{single}", "oci:{dir}/start:single")
        .replace("{digest}", digest)
        .replace("{new}", name)
        .replace("{out}", out.toString())
        .replace("{dir}", dir.toString());
  }

  private DockerRegistry registry(Kind kind) {
    return Objects.requireNonNull(registries.get(kind));
  }

  /// Homes of gpg and of Sequoia, which have the same keys.
  Map<String, String> environment() {
    var all = new HashMap<>(gpg.environment());
    all.put("SEQUOIA_HOME", dir.resolve("sequoia").toString());
    return all;
  }

  @Override
  public void close() throws IOException {
    registries.values().forEach(DockerRegistry::close);
    memory.close();
    daemon.close();
    listener.stop(0);
    gpg.close();
  }
}
