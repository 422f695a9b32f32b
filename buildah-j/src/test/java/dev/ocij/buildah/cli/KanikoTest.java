package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Tool;
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
  @CsvSource(
      textBlock =
          """
          kaniko,                                   'you must provide --destination, or use --no-push to push nothing'
          kaniko --no-push --context gs://bucket/x, '--context gs:// is not implemented yet'
          kaniko --no-push --context s3://bucket/x, '--context s3:// is not implemented yet'
          kaniko --no-push --context tar://x --context-sub-path y, '--context-sub-path of what is no directory is not implemented yet'
          kaniko --no-push --git=x,                 '--git is not implemented yet'
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
