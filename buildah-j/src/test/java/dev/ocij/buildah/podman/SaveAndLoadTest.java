package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaveAndLoadTest {
  @TempDir private Path folder;
  private InProcess podman;
  private InProcess other;

  @BeforeEach
  void prepare() throws IOException {
    podman = new InProcess(folder);
    other = new InProcess(Files.createDirectory(folder.resolve("other")));
    Files.writeString(
        folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          docker-archive, localhost/x:1
          oci-archive,    localhost/x:1
          oci-dir,        sha256:ID
          docker-dir,     sha256:ID
          """)
  void what_is_saved_is_loaded_as_the_same_image(String format, String told) throws IOException {
    var id = podman.build("a=1", "-t", "x:1");
    assertThat(save("--format", format, "x:1").succeeded().stdout()).isEmpty();
    assertThat(load()).isEqualTo("Loaded image: " + told.replace("ID", id) + "\n");
    assertThat(other.output("image", "inspect", "-f", "{{.Id}}", id)).isEqualTo(id + "\n");
  }

  @ParameterizedTest
  @Tag("tool")
  @CsvSource(
      textBlock =
          """
          oci-archive, oci-archive
          oci-dir,     oci
          """)
  void layers_stay_plain_where_that_is_asked_for(String format, String transport)
      throws IOException {
    podman.build("a=1", "-t", "x:1");
    save("--format", format, "--uncompressed", "x:1").succeeded();
    assertThat(
            Tool.required("skopeo")
                .output("inspect", "--raw", transport + ":" + folder.resolve("saved")))
        .contains("image.layer.v1.tar\"");
  }

  @Test
  void more_names_of_one_image_are_saved_and_loaded() throws IOException {
    podman.build("a=1", "-t", "x:1");
    save("x:1", "y:2").succeeded();
    assertThat(load()).isEqualTo("Loaded image: localhost/x:1\nLoaded image: localhost/y:2\n");
    assertThat(other.output("image", "inspect", "-f", "{{.RepoTags}}", "y:2"))
        .isEqualTo("[localhost/x:1 localhost/y:2]\n");
  }

  @Test
  @Tag("tool")
  void several_images_are_in_one_archive_and_what_they_share_is_there_once() throws IOException {
    podman.build("a=1", "-t", "x:1");
    Files.writeString(folder.resolve("context/Containerfile"), "FROM localhost/x:1\nCOPY . /b\n");
    podman.output("build", "-q", "-t", "y", folder.resolve("context").toString());
    save("--multi-image-archive", "x:1", "y", "x:1").succeeded();
    var names = Tool.required("tar").output("-tf", folder.resolve("saved").toString()).lines();
    assertThat(names.toList()).doesNotHaveDuplicates();
    for (var name : new String[] {"localhost/x:1", "localhost/y:latest"}) {
      var judged =
          Tool.required("skopeo")
              .output(
                  "inspect",
                  "--config",
                  "docker-archive:" + folder.resolve("saved") + ":" + name,
                  "--format",
                  "{{.Config.Labels}}");
      assertThat(judged).startsWith("map[a:1");
    }
    assertThat(load()).isEqualTo("Loaded image: localhost/x:1\nLoaded image: localhost/y:latest\n");
  }

  @Test
  void another_image_is_no_second_name() throws IOException {
    podman.build("a=1", "-t", "x");
    podman.build("a=2", "-t", "y");
    assertThat(save("x", "y").stderr())
        .isEqualTo("Error: save \"y\": it is another image than \"x\"; add -m to save both\n");
    assertThat(save("--format", "oci-archive", "x", "z").stderr())
        .isEqualTo("Error: save as oci-archive: it has one name; leave out \"z\"\n");
    assertThat(save("-m", "x", "nosuch").stderr()).isEqualTo("Error: nosuch: image not known\n");
    assertThat(folder.resolve("saved")).doesNotExist();
  }

  @Test
  void an_archive_is_not_changed() throws IOException {
    podman.build("a=1", "-t", "x");
    save("x").succeeded();
    assertThat(save("x").stderr()).contains("docker-archive doesn't support modifying existing");
  }

  @Test
  @Tag("tool")
  void a_compressed_archive_is_loaded_from_standard_input() throws IOException {
    podman.build("a=1", "-t", "x:1");
    save("x:1").succeeded();
    Tool.required("gzip").run(folder.resolve("saved").toString()).succeeded();
    var before = System.in;
    try (InputStream archive = Files.newInputStream(folder.resolve("saved.gz"))) {
      System.setIn(archive);
      assertThat(other.output("load", "-q", policy())).isEqualTo("Loaded image: localhost/x:1\n");
      System.setIn(new ByteArrayInputStream(new byte[1024]));
      assertThat(other.run("load", "-q", policy()).stderr())
          .contains("does not match any of the supported image formats");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  @Tag("tool")
  void what_skopeo_archived_is_loaded() throws IOException {
    podman.build("a=1", "-t", "x:1");
    save("--format", "oci-dir", "x:1").succeeded();
    Tool.required("skopeo")
        .run(
            "--insecure-policy",
            "copy",
            "oci:" + folder.resolve("saved") + ":localhost/x:1",
            "docker-archive:" + folder.resolve("theirs") + ":busy:2")
        .succeeded();
    assertThat(other.output("load", "-q", policy(), "-i", folder.resolve("theirs").toString()))
        .isEqualTo("Loaded image: docker.io/library/busy:2\n");
  }

  @Test
  void the_policy_is_asked() throws IOException {
    podman.build("a=1", "-t", "x:1");
    save("x:1").succeeded();
    Files.writeString(folder.resolve("policy.json"), "{\"default\":[{\"type\":\"reject\"}]}");
    var outcome = other.run("load", policy(), "-i", folder.resolve("saved").toString());
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(other.output("images", "-q")).isEmpty();
  }

  private Outcome save(String... args) {
    var line = new java.util.ArrayList<>(java.util.List.of("save", "-q", "-o"));
    line.add(folder.resolve("saved").toString());
    line.addAll(java.util.List.of(args));
    return podman.run(line.toArray(String[]::new));
  }

  private String load() {
    return other.output("load", "-q", policy(), "--input=" + folder.resolve("saved"));
  }

  private String policy() {
    return "--signature-policy=" + folder.resolve("policy.json");
  }
}
