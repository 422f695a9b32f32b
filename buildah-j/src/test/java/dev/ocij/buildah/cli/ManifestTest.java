package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    for (var name : new String[] {"one", "two"}) {
      Files.writeString(
          folder.resolve("Containerfile"),
          "FROM scratch\nCOPY Containerfile /\nLABEL name=%s\n".formatted(name));
      buildah.output("build", "-q", "-t", name, folder.toString());
    }
  }

  @Test
  void alone_it_is_its_help() {
    assertThat(buildah.output("manifest")).contains("annotate", "remove");
  }

  @Test
  void a_list_gets_images_and_loses_them() {
    assertThat(buildah.output("manifest", "create", "list")).matches("[0-9a-f]{64}\n");
    assertThat(buildah.output("manifest", "inspect", "list"))
        .isEqualTo(
            """
            {
                "schemaVersion": 2,
                "mediaType": "application/vnd.docker.distribution.manifest.list.v2+json",
                "manifests": null
            }
            """);
    var added = buildah.output("manifest", "add", "list", "one");
    assertThat(added).matches("[0-9a-f]{64}: sha256:[0-9a-f]{64}\n");
    var options = new String[] {"--arch", "arm64", "--variant=v8", "--annotation", "a=b"};
    buildah.output(
        "manifest",
        "add",
        options[0],
        options[1],
        options[2],
        options[3],
        options[4],
        "list",
        "two");
    var list = inspect();
    assertThat(list.path("mediaType").asText()).endsWith("oci.image.index.v1+json");
    assertThat(list.path("manifests").get(1).path("platform").toString())
        .isEqualTo("{\"architecture\":\"arm64\",\"os\":\"linux\",\"variant\":\"v8\"}");
    assertThat(list.path("manifests").get(1).path("annotations").path("a").asText()).isEqualTo("b");
    buildah.output("manifest", "annotate", "--arch", "s390x", "list", "two");
    var digest = inspect().path("manifests").get(1).path("digest").asText();
    assertThat(inspect().at("/manifests/1/platform/architecture").asText()).isEqualTo("s390x");
    buildah.output("manifest", "remove", "list", digest);
    assertThat(inspect().path("manifests")).hasSize(1);
    assertThat(buildah.output("manifest", "rm", "list")).startsWith("untagged: localhost/list:");
    assertThat(buildah.output("images", "-q").lines()).hasSize(2);
  }

  @Test
  void a_list_is_pushed_with_its_images_and_comes_back() throws IOException {
    buildah.output("manifest", "create", "list", "one", "two");
    var layout = "oci:" + folder.resolve("layout") + ":x";
    var digestFile = folder.resolve("digest");
    buildah.output("manifest", "push", "-q", "--digestfile", digestFile.toString(), "list", layout);
    assertThat(folder.resolve("layout/index.json"))
        .content()
        .contains(Files.readString(digestFile));
    var policy = folder.resolve("policy.json");
    Files.writeString(policy, "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    var other = new InProcess(folder.resolve("other"));
    other.output("manifest", "create", "list");
    other.output("manifest", "add", "--signature-policy=" + policy, "--all", "list", layout);
    assertThat(other.output("manifest", "inspect", "list").split("\"digest\"")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oci:FOLDER/layout:x", "containers-storage:localhost/pushed", "pushed"})
  void all_of_a_list_go_into_a_list_and_into_no_other(String from) {
    var source = from.replace("FOLDER", folder.toString());
    buildah.output("manifest", "create", "pushed", "one", "two");
    buildah.output("manifest", "push", "-q", "pushed", "oci:" + folder.resolve("layout") + ":x");
    buildah.output("manifest", "create", "empty");
    buildah.output("manifest", "create", "--all", "list", source);
    assertThat(inspect().path("manifests")).hasSize(2);
    assertThat(buildah.output("manifest", "inspect", "empty")).contains("\"manifests\": null");
    assertThat(buildah.output("manifest", "inspect", "oci:" + folder.resolve("layout") + ":x"))
        .containsPattern("(?s)\"digest\".*\"digest\"");
  }

  @Test
  void an_artifact_of_files_goes_into_a_list() throws IOException {
    var text = Files.writeString(folder.resolve("text"), "hello\n").toString();
    buildah.output("manifest", "create", "list");
    buildah.output(
        "manifest", "add", "--artifact", "--artifact-type=a/b", "--annotation=k=v", "list", text);
    var member = inspect().path("manifests").get(0);
    assertThat(member.path("artifactType").asText()).isEqualTo("a/b");
    assertThat(member.at("/annotations/k").asText()).isEqualTo("v");
    buildah.output("manifest", "push", "-q", "list", "oci:" + folder.resolve("pushed") + ":x");
    var blob = member.path("digest").asText().replace(':', '/');
    var manifest =
        Json.readTree(Files.readAllBytes(folder.resolve("pushed/blobs").resolve(blob)), "");
    assertThat(manifest.at("/config/data").asText()).isEqualTo("e30=");
    assertThat(manifest.at("/layers/0/mediaType").asText()).isEqualTo("text/plain");
    assertThat(manifest.at("/layers/0/annotations").toString())
        .isEqualTo("{\"org.opencontainers.image.title\":\"text\"}");
  }

  @Test
  void a_list_that_was_pushed_may_go_at_once() {
    for (var flag : List.of("--rm", "--purge")) {
      buildah.output("manifest", "create", "gone");
      buildah.output(
          "manifest", "push", "-q", flag, "gone", "oci:" + folder.resolve("gone") + ":x");
      assertThat(buildah.run("manifest", "exists", "gone").status()).isEqualTo(1);
    }
  }

  @Test
  void a_list_has_annotations_and_a_subject_of_its_own() {
    buildah.output("manifest", "create", "list");
    buildah.output(
        "manifest", "annotate", "--index", "--annotation=top=1", "--subject=one", "list");
    assertThat(inspect().at("/annotations/top").asText()).isEqualTo("1");
    assertThat(inspect().at("/subject/platform/os").asText()).isEqualTo("linux");
  }

  @Test
  void a_commit_goes_into_a_list() {
    buildah.output("from", "--name", "c", "one");
    buildah.output("commit", "-q", "--manifest", "list", "c", "three");
    assertThat(inspect().path("manifests")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          manifest exists one,          1, ''
          manifest exists none,         1, ''
          manifest inspect one,         125, 'localhost/one:latest: image is not a manifest list'
          manifest inspect oci:/none:x, 125, 'open /none/index.json: no such file or directory'
          manifest add none one,        125, 'none: image not known'
          manifest create one,          125, 'creating image to hold manifest list: image name "localhost/one:latest" is already associated with image "ID": that name is already in use'
          manifest add --artifact x y,  125, 'x: image not known'
          manifest add --artifact-type=a x y, 125, 'x: image not known'
          """)
  void failures_are_told_as_buildah_does(String line, int status, String expected) {
    var outcome = buildah.run(line.split(" "));
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.stderr().replaceAll("[0-9a-f]{64}", "ID"))
        .isEqualTo(expected.isEmpty() ? "" : "Error: " + expected + "\n");
  }

  private JsonNode inspect() {
    var shown = buildah.output("manifest", "inspect", "list");
    return Json.readTree(shown.getBytes(StandardCharsets.UTF_8), "list");
  }
}
