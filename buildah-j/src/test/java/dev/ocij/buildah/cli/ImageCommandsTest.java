package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageCommandsTest {
  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
  }

  @Test
  void the_history_tells_the_last_step_first() throws IOException {
    Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nENV a=b\nLABEL c=d\n");
    buildah.output("build", "-q", "-t", "x", folder.toString());
    assertThat(buildah.output("history", "--format", "{{.CreatedBy}}", "x").lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .endsWith("LABEL c=d");
  }

  @Test
  void an_image_without_a_name_can_be_listed_named_and_removed() throws IOException {
    var id = build("a=1");
    assertThat(buildah.output("images", "-n"))
        .startsWith("<none>   <none>   " + id.substring(0, 12));
    buildah.output("tag", id.substring(0, 12), "one", "registry.example/two:2");
    assertThat(names()).isEqualTo("localhost/one:latest\nregistry.example/two:2\n");
    assertThat(buildah.output("rmi", "registry.example/two:2"))
        .isEqualTo("untagged: registry.example/two:2\n");
    assertThat(buildah.output("rmi", id)).isEqualTo("untagged: localhost/one:latest\n" + id + "\n");
    assertThat(buildah.output("images", "-q")).isEmpty();
  }

  /// As buildah 1.43 names them.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          oci:DIR/layout:t1,                   oci:DIR/layout:t1,            docker.io/library/t1:latest
          oci:DIR/layout:example.com/q/z:9,    oci:DIR/layout:example.com/q/z:9, example.com/q/z:9
          oci:DIR/layout,                      oci:DIR/layout,               <none>:<none>
          oci-archive:DIR/a.tar:t2,            oci-archive:DIR/a.tar,        localhost/t2:latest
          oci-archive:DIR/a.tar:quay.io/a/b:c, oci-archive:DIR/a.tar,        quay.io/a/b:c
          docker-archive:DIR/d.tar:quay.io/a/b:c, docker-archive:DIR/d.tar,  quay.io/a/b:c
          dir:DIR/d,                           dir:DIR/d,                    <none>:<none>
          """)
  void an_image_keeps_the_name_that_it_has_where_it_comes_from(
      String pushed, String pulled, String name) throws IOException {
    var policy = folder.resolve("policy.json");
    Files.writeString(policy, "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    var signature = "--signature-policy=" + policy;
    build("a=1", "-t", "x");
    buildah.output(
        "push",
        "-q",
        "--retry=3",
        "--retry-delay=1s",
        "x",
        pushed.replace("DIR", folder.toString()));
    var other = new InProcess(folder.resolve("other"));
    var from = pulled.replace("DIR", folder.toString());
    other.output("pull", "-q", signature, from);
    var format = "--format={{.Name}}:{{.Tag}}";
    assertThat(other.output("images", format)).isEqualTo(name + "\n");
    other.output("rmi", "-a", "-f");
    other.output("from", "-q", signature, from);
    assertThat(other.output("images", format)).isEqualTo(name + "\n");
  }

  @Tag("tool")
  @Test
  void a_short_name_is_looked_up_in_the_registries_that_are_configured() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var conf =
          """
          unqualified-search-registries = ["%1$s"]
          [[registry]]
          location = "%1$s"
          insecure = true
          """
              .formatted(registry.host());
      var file = Files.writeString(folder.resolve("registries.conf"), conf);
      var id = build("a=1", "-t", "x");
      var option = "--registries-conf=" + file;
      buildah.output(option, "push", "-q", "x", "docker://" + registry.host() + "/team/x");
      buildah.output("rmi", "x");
      var policy = folder.resolve("policy.json");
      Files.writeString(policy, "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
      assertThat(buildah.output(option, "pull", "-q", "--signature-policy=" + policy, "team/x"))
          .isEqualTo(id + "\n");
      assertThat(names()).isEqualTo(registry.host() + "/team/x:latest\n");
    }
  }

  @Test
  void an_image_that_loses_its_name_to_another_stays_until_it_is_pruned() throws IOException {
    var first = build("a=1", "-t", "x");
    var second = build("a=2", "-t", "x");
    assertThat(buildah.output("images", "--no-trunc", "-q").lines())
        .containsExactlyInAnyOrder("sha256:" + first, "sha256:" + second);
    assertThat(buildah.output("images", "-q", "--filter", "dangling=true"))
        .isEqualTo(first.substring(0, 12) + "\n");
    assertThat(buildah.output("prune")).isEqualTo(first + "\n");
    assertThat(buildah.output("rmi", "--all")).contains("untagged: localhost/x:latest", second);
    try (var blobs = Files.list(folder.resolve("store/images/blobs/sha256"))) {
      assertThat(blobs).isEmpty();
    }
  }

  @Test
  void an_id_of_several_names_is_removed_with_force_only() throws IOException {
    var id = build("a=1", "-t", "x", "-t", "y");
    var refused = buildah.run("rmi", id);
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr())
        .isEqualTo(
            """
            Error: 1 error occurred:
            \t* unable to delete image "%s" by ID with more than one tag \
            ([localhost/x:latest, localhost/y:latest]): please force removal


            """
                .formatted(id)
                .replace("latest, local", "latest local"));
    assertThat(buildah.output("rmi", "-f", id)).endsWith(id + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          images nosuch,       'Error: nosuch: image not known'
          inspect nosuch,      'Error: nosuch: image not known'
          push nosuch dir:x,   'Error: nosuch: image not known'
          tag nosuch a,        'Error: nosuch: image not known'
          pull --policy never nosuch, 'Error: nosuch: image not known'
          rmi,                 'Error: image name or ID must be specified'
          rmi -a x,            'Error: when using the --all switch, you may not pass any images names or IDs'
          images -f no=1,      'Error: unsupported image filter "no"'
          inspect -t container x, 'Error: reading build container "x": container not known'
          """)
  void failures_are_told_as_buildah_does(String line, String expected) {
    var outcome = buildah.run(line.split(" "));
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "label=a=1, localhost/one:latest",
    "label=a, localhost/one:latest localhost/two:latest",
    "reference=tw*, localhost/two:latest",
    "reference=localhost/one:latest, localhost/one:latest",
    "since=one, localhost/two:latest",
    "before=two, localhost/one:latest",
    "dangling=false, localhost/one:latest localhost/two:latest",
    "readonly=true, ''"
  })
  void filters_choose(String filter, String expected) throws IOException {
    build("a=1", "-t", "one", "--timestamp=1");
    build("a=2", "-t", "two", "--timestamp=2");
    var shown = buildah.output("images", "--format", "{{.Name}}:{{.Tag}}", "-f", filter);
    assertThat(shown.lines().sorted())
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
  }

  @Test
  void inspect_takes_a_template() throws IOException {
    var id = build("a=1", "-t", "one");
    var shown =
        buildah.output(
            "inspect", "-f", "{{.FromImage}} {{.FromImageID}} {{.OCIv1.Config.Labels.a}}", "one");
    assertThat(shown).isEqualTo("localhost/one:latest %s 1\n".formatted(id));
  }

  @Test
  @Tag("tool")
  void what_is_pushed_to_a_registry_can_be_pulled_from_there() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var name = registry.host() + "/team/app:1";
      var id = build("a=1", "-t", name);
      var digest = folder.resolve("digest");
      buildah.output("push", "--tls-verify=false", "-q", "--digestfile", digest.toString(), name);
      buildah.output(
          "push", "--tls-verify=false", name, "docker://" + registry.host() + "/team/app:2");
      var other = new InProcess(folder.resolve("other"));
      var policy = folder.resolve("policy.json");
      Files.writeString(policy, "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
      var options = new String[] {"--tls-verify=false", "--signature-policy", policy.toString()};
      assertThat(other.output("pull", options[0], options[1], options[2], "-q", name))
          .isEqualTo(id + "\n");
      assertThat(other.output("images", "--format", "{{.Name}}:{{.Tag}} {{.Digest}}"))
          .startsWith(name + " ")
          .contains(Files.readString(digest));
      var all = registry.host() + "/team/app";
      assertThat(other.output("pull", options[0], options[1], options[2], "-q", "-a", all))
          .isEqualTo(id + "\n" + id + "\n");
    }
  }

  @Test
  void an_image_that_is_there_is_not_asked_for() throws IOException {
    var id = build("a=1", "-t", "127.0.0.1:1/app");
    assertThat(buildah.output("pull", "-q", "127.0.0.1:1/app")).isEqualTo(id + "\n");
    assertThat(buildah.run("pull", "-q", "--policy", "always", "127.0.0.1:1/app").status())
        .isEqualTo(125);
  }

  private String names() {
    return buildah.output("images", "--format", "{{.Name}}:{{.Tag}}");
  }

  /// @return the id
  private String build(String label, String... options) throws IOException {
    var context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("file"), label);
    Files.writeString(
        context.resolve("Containerfile"), "FROM scratch\nLABEL %s\nCOPY file /\n".formatted(label));
    var line = new ArrayList<>(List.of("build", "-q"));
    line.addAll(List.of(options));
    line.add(context.toString());
    return buildah.output(line.toArray(String[]::new)).strip();
  }
}
