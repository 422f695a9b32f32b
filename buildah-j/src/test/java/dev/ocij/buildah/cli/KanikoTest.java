package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ocij.term.Options;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KanikoTest {
  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    var context = Files.createDirectories(folder.resolve("context/app"));
    Files.writeString(context.resolve("file"), "content");
    Files.writeString(
        context.resolve("Dockerfile.app"),
        "FROM scratch AS one\nARG A\nLABEL a=$A\nCOPY file /\nFROM one\nLABEL b=1\n");
  }

  @Test
  @Tag("tool")
  void an_image_goes_to_all_destinations_and_its_digest_to_a_file() throws IOException {
    var skopeo = Tool.required("skopeo");
    try (var registry = DockerRegistry.open()) {
      var digest = folder.resolve("digest");
      var outcome =
          buildah.run(
              "kaniko",
              "--context=dir://" + folder.resolve("context"),
              "--context-sub-path=app",
              "--dockerfile=Dockerfile.app",
              "--destination=" + registry.host() + "/team/app:1",
              "--destination=" + registry.host() + "/team/app:2",
              "--build-arg=A=7",
              "--target=one",
              "--snapshot-mode=redo",
              "--insecure",
              "--digest-file=" + digest,
              "--tar-path=" + folder.resolve("app.tar"));
      outcome.succeeded();
      assertThat(outcome.stderr()).startsWith("note: options about snapshots change nothing");
      for (var tag : new String[] {"1", "2"}) {
        var name = "docker://" + registry.host() + "/team/app:" + tag;
        assertThat(
                skopeo.output("inspect", "--tls-verify=false", "--format", "{{.Labels.a}}", name))
            .isEqualTo("7\n");
      }
      assertThat(
              skopeo.output(
                  "inspect",
                  "--format",
                  "{{.Labels.a}}",
                  "docker-archive:" + folder.resolve("app.tar")))
          .isEqualTo("7\n");
      assertThat(digest).content().matches("sha256:[0-9a-f]{64}");
      assertThat(buildah.output("images", "-q")).isEmpty();
    }
  }

  /// What a pod says keeps its meaning: the arguments are kaniko's.
  @Test
  @Tag("tool")
  void the_context_may_be_an_archive() throws IOException {
    var archive = folder.resolve("context.tar.gz").toString();
    var app = folder.resolve("context/app").toString();
    Tool.required("tar").run("czf", archive, "-C", app, ".").succeeded();
    var line = "kaniko --no-push --cache --cache-ttl=24h --cache-dir=/cache --cache-copy-layers";
    var words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of("--context=tar://" + archive, "--dockerfile=Dockerfile.app"));
    words.add("--tar-path=" + folder.resolve("app.tar"));
    buildah.run(words.toArray(String[]::new)).succeeded();
    assertThat(folder.resolve("app.tar")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "link/", "/link"})
  @Tag("tool")
  void a_folder_of_an_archive_may_be_the_context(String sub) throws IOException {
    var archive = archive();
    var tar = folder.resolve("app.tar");
    try (var web = WebServer.of(folder)) {
      for (var context : List.of("tar://" + archive, web.url("context.tar.gz"))) {
        Files.deleteIfExists(tar);
        kaniko(
                "--context=" + context,
                "--context-sub-path=" + sub,
                "--no-push",
                "--dockerfile=Dockerfile.app",
                "--tar-path=" + tar)
            .succeeded();
        assertThat(contents(tar)).containsExactly("content");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none, there is no folder \"none\" in it",
    "../context, there is no folder \"../context\" in it",
    "out, there is no folder \"out\" in it",
    "app/file, there is no folder \"app/file\" in it"
  })
  @Tag("tool")
  void nothing_but_a_folder_of_the_archive_is_one(String sub, String sentence) throws IOException {
    var outcome =
        kaniko("--context=tar://" + archive(), "--context-sub-path=" + sub, "--no-push").failed();
    assertThat(outcome.stderr())
        .startsWith("Error: open build context ")
        .contains(sentence)
        .hasLineCount(1);
  }

  /// Of the folder `context`, with links in it.
  private Path archive() throws IOException {
    var context = folder.resolve("context");
    Files.createSymbolicLink(context.resolve("link"), Path.of("app"));
    Files.createSymbolicLink(context.resolve("out"), Path.of("../../../../../../root"));
    var archive = folder.resolve("context.tar.gz");
    Tool.required("tar").run("czf", archive.toString(), "-C", context.toString(), ".").succeeded();
    return archive;
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 125"})
  @Tag("tool")
  void the_server_of_a_repository_need_not_have_a_good_certificate(boolean skipped, int status)
      throws IOException {
    try (var _ = GitRepository.in(folder);
        var web = WebServer.ofTls(folder.resolve("served"))) {
      Files.writeString(folder.resolve("App"), "FROM scratch\nCOPY file /\n");
      var address = web.url("a.git").replace("https://", "git://");
      var outcome =
          kaniko(
              "--context=" + address,
              "--git=branch=main,insecure-skip-tls=" + skipped,
              "--no-push",
              "--dockerfile=" + folder.resolve("App"),
              "--tar-path=" + folder.resolve("app.tar"));
      assertThat(outcome.status()).isEqualTo(status);
      if (skipped) {
        assertThat(contents(folder.resolve("app.tar"))).containsExactly("two");
      } else {
        assertThat(outcome.stderr()).contains("certificate");
      }
    }
  }

  /// Wherever it is reached: git reads `.gitconfig`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          git://HOST/a.git                            |                | two
          git://HOST/a#refs/heads/main                |                | two
          git://HOST/a.git#refs/heads/main#COMMIT     |                | one
          git://HOST/a.git                            | --git=branch=first,single-branch=true | one
          git://HOST/a.git#refs/heads/main            | --context-sub-path=sub | below
          """)
  @Tag("tool")
  @Tag("distribution")
  void the_context_may_be_a_repository(String context, @Nullable String option, String label)
      throws IOException {
    try (var repository = GitRepository.in(folder)) {
      var served = repository.url().replaceFirst("[^/]*$", "");
      Files.writeString(
          folder.resolve(".gitconfig"),
          "[url \"%s\"]\n\tinsteadOf = https://git.example/\n".formatted(served));
      var containerfile = folder.resolve("App");
      Files.writeString(containerfile, "FROM scratch\nCOPY * /\n");
      var tar = folder.resolve("app.tar");
      var line = new ArrayList<>(List.of("--root=" + folder.resolve("store"), "kaniko"));
      line.addAll(List.of("--tar-path=" + tar, "--dockerfile=" + containerfile));
      line.add(
          "--context="
              + context
                  .replace("HOST", "git.example")
                  .replace("COMMIT", repository.commit("first")));
      if (option != null) {
        line.add(option);
      }
      Launcher.BUILDAH_J
          .with(line.toArray(String[]::new))
          .with(Map.of("HOME", folder.toString(), "GIT_TOKEN", "token", "KANIKO_NO_PUSH", "true"))
          .outcome()
          .succeeded();
      assertThat(contents(tar)).contains(label);
    }
  }

  /// The contents of all files in the only layer of an archive.
  private static List<String> contents(Path archive) throws IOException {
    var contents = new ArrayList<String>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && entry.getName().endsWith(".tar")) {
          var layer = new TarArchiveInputStream(tar);
          for (var file = layer.getNextEntry(); file != null; file = layer.getNextEntry()) {
            contents.add(new String(layer.readAllBytes(), StandardCharsets.UTF_8));
          }
          return contents;
        }
      }
    }
    return contents;
  }

  @Test
  @Tag("tool")
  void the_context_may_be_an_archive_of_the_web() throws IOException {
    var archive = folder.resolve("context.tar.gz");
    var app = folder.resolve("context/app").toString();
    Tool.required("tar").run("czf", archive.toString(), "-C", app, ".").succeeded();
    try (var web = WebServer.ofTls(folder)) {
      var context = "--context=" + web.url("context.tar.gz");
      var tar = folder.resolve("app.tar");
      kaniko(
              context,
              "--no-push",
              "--dockerfile=Dockerfile.app",
              "--skip-tls-verify",
              "--tar-path=" + tar)
          .succeeded();
      assertThat(contents(tar)).containsExactly("content");
    }
  }

  /// As pods are told to find their store; the other tests of each store are in `context.cloud`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --context=s3://build/context.tar.gz                | S3_ENDPOINT=http://HOST           | build/context.tar.gz
          --context=s3://build --context-sub-path=app        | S3_ENDPOINT=http://HOST           | build/context.tar.gz
          --context=gs://build/context.tar.gz                | STORAGE_EMULATOR_HOST=HOST        | storage/v1/b/build/o/context.tar.gz
          --bucket=build/context.tar.gz                      | STORAGE_EMULATOR_HOST=http://HOST | storage/v1/b/build/o/context.tar.gz
          --bucket=s3://build/context.tar.gz                 | S3_ENDPOINT=http://HOST           | build/context.tar.gz
          """)
  @Tag("tool")
  @Tag("distribution")
  void the_context_may_be_in_the_store_of_a_cloud(String options, String variable, String path)
      throws IOException {
    var served = folder.resolve("served").resolve(path);
    Files.createDirectories(served.getParent());
    var from = options.contains("sub-path") ? "context" : "context/app";
    Tool.required("tar")
        .run("czf", served.toString(), "-C", folder.resolve(from).toString(), ".")
        .succeeded();
    try (var web = WebServer.of(folder.resolve("served"))) {
      var tar = folder.resolve("app.tar");
      var line = new ArrayList<>(List.of("--root=" + folder.resolve("store"), "kaniko"));
      line.addAll(List.of(options.split(" ")));
      line.addAll(List.of("--no-push", "--dockerfile=Dockerfile.app", "--tar-path=" + tar));
      var host = web.url("").replaceFirst("^http://", "").replaceFirst("/$", "");
      int equals = variable.indexOf('=');
      Launcher.BUILDAH_J
          .with(line.toArray(String[]::new))
          .with(
              Map.of(
                  "HOME",
                  folder.toString(),
                  "AWS_ACCESS_KEY_ID",
                  "id",
                  "AWS_SECRET_ACCESS_KEY",
                  "secret",
                  variable.substring(0, equals),
                  variable.substring(equals + 1).replace("HOST", host)))
          .outcome()
          .succeeded();
      assertThat(contents(tar)).containsExactly("content");
      assertThat(web.asked()).containsExactly(path);
    }
  }

  @Test
  @Tag("tool")
  void names_go_to_files_and_registries_stand_for_others() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var host = registry.host();
      build(
              "FROM scratch\nLABEL base=1\n",
              "--destination=" + host + "/library/base:1",
              "--insecure")
          .succeeded();
      build(
              "FROM base:1\nLABEL a=1\n",
              "--registry-mirror=" + host,
              "--skip-default-registry-fallback",
              "--insecure-registry=" + host,
              "--destination=" + host + "/one:1",
              "--destination=" + host + "/two",
              "--image-name-with-digest-file=" + folder.resolve("new/names"),
              "--image-name-tag-with-digest-file=" + folder.resolve("tags"),
              "--digest-file=" + folder.resolve("digest"),
              "--compression=zstd",
              "--compression-level=5",
              "--cache=true")
          .succeeded();
      var digest = Files.readString(folder.resolve("digest"));
      assertThat(folder.resolve("new/names"))
          .hasContent("%1$s/one@%2$s\n%1$s/two@%2$s\n".formatted(host, digest));
      assertThat(folder.resolve("tags"))
          .hasContent("%1$s/one:1@%2$s\n%1$s/two:latest@%2$s\n".formatted(host, digest));
      build(
              "FROM elsewhere.example/one@%s\nCOPY file /\n".formatted(digest),
              "--registry-map=elsewhere.example=%s;other.example=%s".formatted(host, host),
              "--skip-tls-verify-registry=" + host,
              "--no-push",
              "--cache",
              "--cache-repo=" + host + "/kept",
              "--no-push-cache")
          .succeeded();
      assertThat(
              Tool.required("skopeo")
                  .run("list-tags", "--tls-verify=false", "docker://" + host + "/kept")
                  .status())
          .isNotZero();
      assertThat(
              Tool.required("skopeo")
                  .run("list-tags", "--tls-verify=false", "docker://" + host + "/one/cache")
                  .succeeded()
                  .stdout())
          .containsPattern("[0-9a-f]{64}");
    }
  }

  @Test
  void the_environment_may_name_registries() {
    var options = Options.ofProgram("none");
    var environment =
        Map.of("KANIKO_REGISTRY_MIRROR", "m:1", "KANIKO_REGISTRY_MAP", "a.io=b;c.io=d/e");
    assertThat(new KanikoRegistries(options, environment).conf())
        .isEqualTo(
            """
            unqualified-search-registries = ["docker.io"]
            [[registry]]
            prefix = "a.io"
            location = "a.io"
            insecure = false
            [[registry.mirror]]
            location = "b"
            insecure = false
            [[registry]]
            prefix = "c.io"
            location = "c.io"
            insecure = false
            [[registry.mirror]]
            location = "d/e"
            insecure = false
            [[registry]]
            prefix = "docker.io"
            location = "docker.io"
            insecure = false
            [[registry.mirror]]
            location = "m:1"
            insecure = false
            """);
  }

  @Test
  @Tag("tool")
  void a_certificate_is_trusted() throws IOException {
    try (var registry = DockerRegistry.setup().tls().open()) {
      var destination = "--destination=" + registry.host() + "/app:1";
      assertThat(build("FROM scratch\nLABEL a=1\n", destination).failed().stderr())
          .contains("certificate");
      build(
              "FROM scratch\nLABEL a=1\n",
              destination,
              "--registry-certificate=" + registry.host() + "=" + registry.certificate())
          .succeeded();
    }
  }

  /// A registry that has all blobs, and keeps its tags.
  @Test
  void a_tag_that_must_stay_may_be_no_failure() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", KanikoTest::refuse);
    server.start();
    try {
      var destination = "--destination=127.0.0.1:%d/a:1".formatted(server.getAddress().getPort());
      var text = "FROM scratch\nLABEL a=1\n";
      assertThat(build(text, destination, "--insecure").failed().stderr()).contains("immutable");
      build(text, destination, "--insecure", "--push-ignore-immutable-tag-errors").succeeded();
      assertThat(buildah.output("images", "-q")).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      var error = "{\"errors\":[{\"code\":\"TAG_INVALID\",\"message\":\"a:1 is immutable\"}]}";
      boolean refused = exchange.getRequestMethod().equals("PUT");
      exchange.sendResponseHeaders(refused ? 400 : 200, refused ? error.length() : -1);
      if (refused) {
        exchange.getResponseBody().write(error.getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  /// All that its documentation names and that asks for nothing of the build itself.
  @Test
  void what_needs_nothing_here_is_accepted() throws IOException {
    var outcome =
        build(
            "FROM scratch\nLABEL a=1\n",
            "--no-push",
            "--cleanup",
            "--compressed-caching=false",
            "--custom-platform=linux/arm64",
            "--force",
            "--force-build-metadata",
            "--ignore-path=/a",
            "--ignore-path=/b",
            "--ignore-var-run=false",
            "--image-download-retry=1",
            "--image-fs-extract-retry=1",
            "--kaniko-dir=/kaniko",
            "--log-format=json",
            "--log-timestamp",
            "--push-retry=3",
            "--reproducible",
            "--single-snapshot",
            "--skip-push-permission-check",
            "--skip-unused-stages=true",
            "--snapshotMode=time",
            "--use-new-run",
            "--verbosity=debug",
            "--digest-file=" + folder.resolve("digest"));
    outcome.succeeded();
    assertThat(folder.resolve("digest")).content().matches("sha256:[0-9a-f]{64}");
  }

  private Outcome build(String containerfile, String... options) throws IOException {
    var context = folder.resolve("context/app");
    Files.writeString(context.resolve("Dockerfile.given"), containerfile);
    var line = new ArrayList<>(List.of("-c", context.toString(), "-f", "Dockerfile.given"));
    line.addAll(List.of(options));
    return kaniko(line.toArray(String[]::new));
  }

  private Outcome kaniko(String... options) {
    var line = new ArrayList<>(List.of("kaniko"));
    line.addAll(List.of(options));
    return buildah.run(line.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          kaniko,                                   'you must provide --destination, or use --no-push to push nothing'
          kaniko --no-push --context ftp://bucket/x, '--context ftp:// is not implemented yet'
          kaniko --no-push --context s3:///x,       'open build context "s3:///x": expected a bucket and a name in it, as in s3://BUCKET/KEY'
          kaniko --no-push -c x --bucket bu/../x,   'open build context "gs://bu/../x": a step "." or ".." in a name leads nowhere in a bucket'
          kaniko --no-push --context git://h/r --git=x, 'invalid --git "x": expected branch=NAME'
          kaniko --no-push --registry-map=x,        'invalid --registry-map "x": expected HOST=VALUE'
          kaniko --no-push --image-name-with-digest-file=x, 'you must provide --destination to have its name in a file'
          """)
  void what_cannot_be_done_is_told(String line, String expected) {
    var outcome = buildah.run(line.split(" "));
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).isEqualTo("Error: " + expected + "\n");
  }

  @Test
  void without_a_push_the_image_is_only_built() {
    var context = folder.resolve("context/app").toString();
    assertThat(buildah.output("kaniko", "--no-push", "-c", context, "-f", "Dockerfile.app"))
        .contains("STEP 1/2: FROM one");
  }
}
