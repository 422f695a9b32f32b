package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeCommandsTest {
  @TempDir private Path folder;
  private InProcess podman;

  @BeforeEach
  void prepare() {
    podman = new InProcess(folder);
  }

  @Test
  void a_volume_has_a_name_labels_and_a_folder() {
    assertThat(podman.output("volume", "create", "v1", "--label", "a=b")).isEqualTo("v1\n");
    assertThat(podman.run("volume", "create", "v1").stderr())
        .isEqualTo("Error: volume with name v1 already exists: volume already exists\n");
    assertThat(podman.output("volume", "create", "--ignore", "v1")).isEqualTo("v1\n");
    assertThat(podman.output("volume", "ls"))
        .isEqualTo("DRIVER      VOLUME NAME\nlocal       v1\n");
    var content = podman.store().resolve("volumes/v1/_data");
    assertThat(content).isEmptyDirectory();
    assertThat(podman.output("volume", "inspect", "-a", "-f", "{{.Name}}")).isEqualTo("v1\n");
    assertThat(podman.output("volume", "inspect", "v1"))
        .matches(
            """
            \\[
                 \\{
                      "Name": "v1",
                      "Driver": "local",
                      "Mountpoint": "%s",
                      "CreatedAt": "[0-9TZ.:-]+",
                      "Labels": \\{
                           "a": "b"
                      },
                      "Scope": "local",
                      "Options": \\{},
                      "MountCount": 0
                 }
            ]
            """
                .formatted(content));
    assertThat(podman.output("inspect", "-f", "{{.Name}} {{.Labels.a}}", "v1")).isEqualTo("v1 b\n");
    assertThat(podman.output("volume", "rm", "v1")).isEqualTo("v1\n");
    assertThat(podman.store().resolve("volumes/v1")).doesNotExist();
  }

  @Test
  void one_without_a_name_gets_one() {
    var name = podman.output("volume", "create").strip();
    assertThat(name).matches("[0-9a-f]{64}");
    assertThat(podman.output("volume", "ls", "--format", "{{.Name}} {{.Anonymous}}"))
        .isEqualTo(name + " true\n");
    assertThat(podman.output("volume", "rm", name.substring(0, 8)))
        .isEqualTo(name.substring(0, 8) + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          volume rm nosuch            |   1 | Error: no volume with name "nosuch" found: no such volume
          volume rm -f nosuch         |   0 |
          volume exists nosuch        |   1 |
          volume inspect nosuch       | 125 | Error: no such volume nosuch
          volume export nosuch -o x   | 125 | Error: no such volume nosuch
          volume import nosuch x      | 125 | Error: no such volume nosuch
          volume ls -f foo=v          | 125 | Error: "foo" is an invalid volume filter
          volume create -d foo v2     | 125 | Error: volume driver "foo": no volume plugin with that name available: required plugin missing
          volume create -o type=x v2  | 125 | Error: volume create --opt type=x: only root mounts that; type=tmpfs and o=bind are there
          volume create a/b           | 125 | Error: names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*: invalid argument: "a/b"
          """)
  void failures_have_the_status_and_the_text(String line, int status, String error) {
    var outcome = podman.run(line.split(" "));
    assertThat(outcome.stderr()).isEqualTo(error == null ? "" : error + "\n");
    assertThat(outcome.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name=on             | one
          name=^o name=^t     | one two
          label=a=1           | one
          label=a label!=a=1  | two
          driver=local        | one two
          driver=x            |
          dangling=true       | one two
          dangling=false      |
          until=10            |
          since=10            | one two
          """)
  void filters_choose(String filters, String expected) {
    podman.output("volume", "create", "-l", "a=1", "one");
    podman.output("volume", "create", "-l", "a=2", "two");
    var line = new java.util.ArrayList<>(java.util.List.of("volume", "ls", "-q"));
    for (var filter : filters.split(" ")) {
      line.addAll(java.util.List.of("-f", filter));
    }
    assertThat(podman.output(line.toArray(String[]::new)).lines())
        .containsExactly(expected == null ? new String[0] : expected.split(" "));
  }

  @Test
  void one_that_a_container_uses_stays() throws IOException {
    podman.output("volume", "create", "used");
    podman.output("volume", "create", "free");
    var id = ContainerFiles.write(podman.store(), "box", "0".repeat(64), "used");
    var refused = podman.run("volume", "rm", "used");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.stderr())
        .isEqualTo(
            "Error: volume used is being used by the following container(s): %s: volume is being used\n"
                .formatted(id));
    assertThat(podman.output("volume", "prune", "-f")).isEqualTo("free\n");
    assertThat(podman.output("volume", "rm", "-f", "used")).isEqualTo("used\n");
    assertThat(podman.output("ps", "-aq")).isEmpty();
  }

  @Test
  void content_goes_out_and_in() throws IOException {
    podman.output("volume", "create", "one");
    podman.output("volume", "create", "two");
    var content = podman.store().resolve("volumes/one/_data");
    Files.createDirectories(content.resolve("a/b"));
    Files.writeString(content.resolve("a/f"), "hello");
    Files.setPosixFilePermissions(
        content.resolve("a/f"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(content.resolve("link"), Path.of("a/f"));
    var tar = folder.resolve("v.tar").toString();
    podman.output("volume", "export", "one", "-o", tar);
    podman.output("volume", "import", "two", tar);
    var other = podman.store().resolve("volumes/two/_data");
    assertThat(other.resolve("a/f")).hasContent("hello");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other.resolve("a/f"))))
        .isEqualTo("rwxr-x---");
    assertThat(other.resolve("a/b")).isEmptyDirectory();
    assertThat(Files.readSymbolicLink(other.resolve("link"))).isEqualTo(Path.of("a/f"));
  }
}
