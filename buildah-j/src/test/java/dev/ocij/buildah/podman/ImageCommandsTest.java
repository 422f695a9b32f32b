package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCommandsTest {
  @TempDir private Path folder;
  private InProcess podman;

  @BeforeEach
  void prepare() {
    podman = new InProcess(folder);
  }

  @Test
  void a_template_may_ask_for_what_an_image_leaves_empty() throws IOException {
    var id = podman.build("a=b");
    var format =
        "{{.Config.Entrypoint}} -{{.Config.User}}- {{.Config.Volumes}} {{.HealthCheck}}"
            + " {{.Config.Labels.a}}";
    assertThat(podman.output("inspect", "-f", format, id)).isEqualTo("[] -- map[] <nil> b\n");
    assertThat(podman.output("inspect", id)).doesNotContain("Entrypoint");
    assertThat(podman.run("inspect", "-f", "{{.Config.Nothing}}", id).stderr())
        .contains("can't evaluate field Nothing");
  }

  @Test
  void images_are_listed_in_columns() throws IOException {
    assertThat(podman.output("images"))
        .isEqualTo("REPOSITORY  TAG         IMAGE ID    CREATED     SIZE\n");
    var id = podman.build("a=1", "--timestamp=1", "-t", "x", "-t", "registry.example/y:2");
    assertThat(podman.output("images"))
        .matches(
            """
            REPOSITORY          TAG         IMAGE ID      CREATED       SIZE
            localhost/x         latest      %1$s  \\d+ years ago  [0-9.]+ kB
            registry.example/y  2           %1$s  \\d+ years ago  [0-9.]+ kB
            """
                .formatted(id.substring(0, 12)));
    assertThat(podman.output("images", "-q", "--no-trunc")).isEqualTo("sha256:" + id + "\n");
    assertThat(podman.output("images", "-n", "--format", "table {{.Tag}}\\t{{.Repository}}", "y"))
        .isEqualTo("latest      localhost/x\n2           registry.example/y\n");
    assertThat(podman.output("image", "ls", "--format", "table {{.ID}} {{.CreatedAt}}", "x"))
        .isEqualTo(
            "IMAGE ID CREATED AT\n%1$s 1970-01-01 00:00:01 +0000 UTC\n%1$s 1970-01-01 00:00:01 +0000 UTC\n"
                .formatted(id.substring(0, 12)));
  }

  @Test
  void digests_and_other_names_are_shown_where_they_are_asked_for() throws IOException {
    var id = podman.build("a=1", "-t", "x", "-t", "y:2").substring(0, 12);
    var digest = podman.output("inspect", "-f", "{{.Digest}}", "x").strip();
    var line = " +%s +%s +.+ +[0-9.]+ kB".formatted(digest, id);
    assertThat(podman.output("images", "--digests", "--sort=tag"))
        .matches(
            """
            REPOSITORY +TAG +DIGEST +IMAGE ID +CREATED +SIZE
            localhost/y +2%1$s
            localhost/x +latest%1$s
            """
                .formatted(line));
    assertThat(podman.output("images", "--history", "x").lines())
        .first()
        .asString()
        .matches("REPOSITORY +TAG +IMAGE ID +CREATED +SIZE +HISTORY");
    assertThat(podman.output("images", "--history", "--noheading", "--filter=reference=x"))
        .contains("kB", "localhost/x:latest, localhost/y:2\n");
  }

  @Test
  void a_prune_leaves_what_builds_remember() throws IOException {
    var id = podman.build("a=1");
    var steps = podman.store().resolve("cache/steps");
    assertThat(steps).isNotEmptyDirectory();
    assertThat(podman.output("image", "prune", "--force", "--build-cache", "--external"))
        .isEqualTo(id + "\n");
    assertThat(steps).isNotEmptyDirectory();
  }

  @Test
  void json_tells_each_name() throws IOException {
    var id = podman.build("a=1", "--timestamp=1", "-t", "x");
    var text = podman.output("images", "--format", "json");
    assertThat(text).startsWith("[\n    {\n        \"Id\": \"" + id);
    var image = Json.readTree(text.getBytes(StandardCharsets.UTF_8), "list").path(0);
    assertThat(image.path("RepoTags").isNull()).isTrue();
    assertThat(image.path("Names").path(0).asText()).isEqualTo("localhost/x:latest");
    assertThat(image.path("RepoDigests").path(0).asText())
        .isEqualTo("localhost/x@" + image.path("Digest").asText());
    assertThat(image.path("Labels").path("a").asText()).isEqualTo("1");
    assertThat(image.path("CreatedAt").asText()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(image.path("Created").asLong()).isEqualTo(1);
    assertThat(image.path("Containers").isInt()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          label=a=1                         | one
          label=a                           | one two
          label=a label=b                   |
          label!=a=1                        | two
          reference=tw*                     | two
          reference=one reference=two       | one two
          since=one                         | two
          before=two                        | one
          dangling=false                    | one two
          readonly=true                     |
          manifest=false                    | one two
          containers=true                   |
          containers=false until=1970-01-02 | one
          until=1972-01-01T00:00:00Z        | one two
          until=10                          | one
          until=10m                         | one two
          """)
  void filters_choose(String filters, String expected) throws IOException {
    podman.build("a=1", "-t", "one", "--timestamp=1");
    podman.build("a=2", "-t", "two", "--timestamp=10000000");
    var line = new java.util.ArrayList<>(java.util.List.of("images", "--sort", "repository"));
    line.addAll(java.util.List.of("--format", "{{.Repository}}"));
    for (var filter : filters.split(" ")) {
      line.addAll(java.util.List.of("-f", filter));
    }
    assertThat(podman.output(line.toArray(String[]::new)).replace("localhost/", "").lines())
        .containsExactly(expected == null ? new String[0] : expected.split(" "));
  }

  @Test
  void names_come_and_go_and_the_image_stays() throws IOException {
    var id = podman.build("a=1", "-t", "x");
    assertThat(podman.output("tag", "x", "y:1", "z")).isEmpty();
    assertThat(podman.output("untag", "x", "y:1")).isEmpty();
    assertThat(podman.run("untag", "x", "y:1").stderr())
        .isEqualTo("Error: localhost/y:1: tag not known\n");
    assertThat(podman.output("untag", "z")).isEmpty();
    assertThat(podman.output("images", "-n"))
        .startsWith("<none>      <none>      " + id.substring(0, 12));
    assertThat(podman.output("image", "prune", "-f")).isEqualTo(id + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rmi nosuch                  |   1 | Error: nosuch: image not known
          rmi -f nosuch               |   0 |
          rmi -i nosuch               |   0 |
          rmi                         | 125 | Error: image name or ID must be specified
          image exists nosuch         |   1 |
          image exists NoSuch         |   1 |
          tag nosuch y                | 125 | Error: nosuch: image not known
          untag nosuch                | 125 | Error: nosuch: image not known
          push nosuch                 | 125 | Error: nosuch: image not known
          history nosuch              | 125 | Error: nosuch: image not known
          save nosuch -o x            | 125 | Error: nosuch: image not known
          save                        | 125 | Error: need at least 1 argument
          save --format foo x         | 125 | Error: format value must be one of oci-dir oci-archive docker-dir docker-archive
          save --compress x -o y      | 125 | Error: --compress can only be set when --format is 'docker-dir'
          image inspect nosuch        | 125 | Error: nosuch: image not known
          inspect -t image nosuch     | 125 | Error: nosuch: image not known
          image tree nosuch           | 125 | Error: nosuch: image not known
          pull --policy never nosuch  | 125 | Error: nosuch: image not known
          load -i /no/such            | 125 | Error: load /no/such: no such file or directory
          images -f nosuch=1          | 125 | Error: unsupported image filter "nosuch"
          images -f dangling          | 125 | Error: invalid image filter "dangling": must be in the format "filter=value"
          images --sort x             | 125 | Error: invalid sort flag "x": expected created, id, repository, size or tag
          """)
  void failures_have_the_status_and_the_text(String line, int status, String error) {
    var outcome = podman.run(line.split(" "));
    assertThat(outcome.stderr()).isEqualTo(error == null ? "" : error + "\n");
    assertThat(outcome.status()).isEqualTo(status);
  }

  @Test
  void what_is_missing_is_told_behind_what_was_found() {
    assertThat(podman.run("inspect", "nosuch").stdout()).isEqualTo("[]\n");
    assertThat(podman.run("inspect", "nosuch").stderr())
        .isEqualTo("Error: no such object: \"nosuch\"\n");
    assertThat(podman.run("rmi", "no1", "no2").stderr())
        .isEqualTo(
            "Error: 2 errors occurred:\n\t* no1: image not known\n\t* no2: image not known\n");
  }

  @Test
  void a_stack_trace_is_told_to_who_debugs() {
    assertThat(podman.run("history", "none").stderr()).doesNotContain("\tat dev.ocij");
    assertThat(podman.run("--debug", "history", "none").stderr()).contains("\tat dev.ocij");
  }

  @ParameterizedTest
  @ValueSource(strings = {"container", "healthcheck", "image", "kube", "pod", "system", "volume"})
  void a_family_alone_shows_its_commands(String name) {
    var family = podman.run(name);
    assertThat(family.status()).isEqualTo(125);
    assertThat(family.stdout()).contains("Commands:");
    assertThat(family.stderr())
        .isEqualTo("Error: missing command 'podman-j %s COMMAND'\n".formatted(name));
  }

  @Test
  void an_image_goes_with_its_last_name() throws IOException {
    var id = podman.build("a=1", "-t", "x", "-t", "y");
    assertThat(podman.output("rmi", "x")).isEqualTo("Untagged: localhost/x:latest\n");
    assertThat(podman.output("rmi", "y"))
        .isEqualTo("Untagged: localhost/y:latest\nDeleted: %s\n".formatted(id));
    assertThat(podman.run("image", "exists", id).status()).isEqualTo(1);
  }

  @Test
  void an_image_that_a_container_is_made_of_stays() throws IOException {
    var id = podman.build("a=1", "-t", "x");
    var container = ContainerFiles.write(podman.store(), "box", id, "v");
    var refused = podman.run("rmi", "x");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.stderr())
        .isEqualTo(
            ("Error: image used by %s: image is in use by a container: consider listing external"
                    + " containers and force-removing image\n")
                .formatted(container));
    assertThat(podman.output("images", "--format", "{{.Containers}}")).isEqualTo("1\n");
    assertThat(podman.output("image", "prune", "-af")).isEmpty();
    assertThat(podman.output("rmi", "-f", "x")).endsWith("Deleted: " + id + "\n");
    assertThat(podman.store().resolve("containers/" + container)).doesNotExist();
  }

  @Test
  void history_tells_the_last_step_first() throws IOException {
    var id = podman.build("a=1", "--timestamp=1", "-t", "x");
    assertThat(podman.output("history", "x").lines().toList())
        .first()
        .asString()
        .matches("ID +CREATED +CREATED BY +SIZE +COMMENT");
    assertThat(podman.output("history", "-q", "x"))
        .startsWith(id.substring(0, 12) + "\n<missing>\n");
    assertThat(podman.output("history", "-H=false", "--format", "{{.CreatedAt}} {{.Tags}}", "x"))
        .startsWith("1970-01-01T00:00:01Z [localhost/x:latest]\n");
    assertThat(podman.output("history", "--format", "json", "x"))
        .startsWith("[{\"id\":\"" + id + "\",\"created\":\"1970-01-01T00:00:01Z\",\"CreatedBy\":");
    assertThat(podman.output("history", "--no-trunc", "--format", "{{.CreatedBy}}", "x"))
        .contains("COPY");
  }

  @Test
  void inspect_has_the_fields_of_the_peer() throws IOException {
    var id = podman.build("a=1", "-t", "x");
    var text = podman.output("image", "inspect", "x");
    assertThat(text).startsWith("[\n     {\n          \"Id\": \"" + id + "\",\n");
    var image = Json.readTree(text.getBytes(StandardCharsets.UTF_8), "image").path(0);
    assertThat(image.fieldNames())
        .toIterable()
        .containsExactly(
            "Id Digest RepoTags RepoDigests Parent Comment Created Config Version Author"
                .concat(" Architecture Os Size VirtualSize GraphDriver RootFS Labels")
                .concat(" Annotations ManifestType User History NamesHistory")
                .split(" "));
    assertThat(podman.output("inspect", "-f", "{{.Id}} {{.Config.Labels.a}} {{.RepoTags}}", "x"))
        .isEqualTo(id + " 1 [localhost/x:latest]\n");
  }

  @Test
  void the_tree_has_the_layers() throws IOException {
    podman.build("a=1", "-t", "x");
    assertThat(podman.output("image", "tree", "x"))
        .contains("Tags:     [localhost/x:latest]\n", "└── ID: ", "Top Layer of: [localhost/x:la");
  }

  @Test
  @Tag("tool")
  void images_are_pulled_always_and_pushed_where_their_names_say() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var name = registry.host() + "/team/app";
      var id = podman.build("a=1", "-t", name + ":1", "-t", name + ":2");
      podman.output("push", "--tls-verify=false", "-q", name + ":1");
      podman.output("push", "--tls-verify=false", "-q", name + ":2");
      podman.output("rmi", "-f", id);
      var outcome =
          podman.run("pull", "--tls-verify=false", acceptingAll(), name + ":1", name + ":2");
      assertThat(outcome.succeeded().stdout()).isEqualTo(id + "\n" + id + "\n");
      assertThat(outcome.stderr()).contains("Trying to pull " + name + ":2...");
    }
    var gone = podman.run("pull", "--tls-verify=false", "127.0.0.1:1/x:1");
    assertThat(gone.status()).isEqualTo(125);
  }

  @Test
  @Tag("tool")
  void all_of_a_repository_is_pulled_and_recompressed_unless_that_is_not_wanted()
      throws IOException {
    try (var registry = DockerRegistry.open()) {
      var name = registry.host() + "/team/app";
      var first = podman.build("a=1", "-t", name + ":1");
      var second = podman.build("a=2", "-t", name + ":2");
      podman.output("push", "--tls-verify=false", "-q", name + ":1");
      podman.output("push", "--tls-verify=false", "-q", name + ":2");
      podman.output("rmi", "-f", first, second);
      var pulled =
          podman.output("pull", "-q", "--all-tags", "--tls-verify=false", acceptingAll(), name);
      assertThat(pulled.lines()).containsExactlyInAnyOrder(first, second);
      assertThat(podman.output("images", "-n", "--sort=tag", "--format={{.Tag}}"))
          .isEqualTo("1\n2\n");
      var zstd = "--compression-format=zstd";
      var unforced = "--force-compression=false";
      podman.output(
          "push",
          "--tls-verify=false",
          "-q",
          zstd,
          unforced,
          name + ":1",
          "docker://" + name + ":a");
      assertThat(layers(name + ":a")).contains("tar+gzip").doesNotContain("tar+zstd");
      podman.output(
          "push", "--tls-verify=false", "-q", zstd, name + ":1", "docker://" + name + ":b");
      assertThat(layers(name + ":b")).contains("tar+zstd").doesNotContain("tar+gzip");
    }
  }

  /// The option that names a policy.
  private String acceptingAll() throws IOException {
    var policy = folder.resolve("policy.json");
    Files.writeString(policy, "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    return "--signature-policy=" + policy;
  }

  private static String layers(String name) {
    return Tool.required("skopeo")
        .output("inspect", "--raw", "--tls-verify=false", "docker://" + name);
  }

  @Test
  void signatures_stay_behind_where_that_is_asked_for() throws IOException {
    podman.build("a=1", "-t", "x");
    var signed = folder.resolve("signed");
    podman.output("push", "-q", "x", "dir:" + signed);
    Files.writeString(
        signed.resolve("signature-1"),
        "\0sigstore-json\n"
            + "{\"mimeType\":\"application/vnd.dev.cosign.simplesigning.v1+json\","
            + "\"payload\":\"e30=\",\"annotations\":{\"dev.cosignproject.cosign/signature\":\"x\"}}");
    var id = podman.output("pull", "-q", acceptingAll(), "dir:" + signed).strip();
    podman.output("push", "-q", id, "dir:" + folder.resolve("kept"));
    assertThat(folder.resolve("kept/signature-1")).exists();
    podman.output("push", "-q", "--remove-signatures", id, "dir:" + folder.resolve("left"));
    assertThat(folder.resolve("left/manifest.json")).exists();
    assertThat(folder.resolve("left/signature-1")).doesNotExist();
  }
}
