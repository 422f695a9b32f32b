package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Layer;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `verify-build` names what a build gives otherwise than it did.
class VerifyBuildTest {
  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    Files.createDirectories(folder.resolve("context/tree"));
    Files.writeString(folder.resolve("context/file"), "content\n");
    Files.createSymbolicLink(folder.resolve("context/tree/link"), Path.of("../file"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          COPY file /a                 | COPY --chmod=0600 file /a    | layer 1 of 1 (CREATED): "a": mode 0644, rebuilt 0600
          COPY file /a                 | COPY --chown=5:7 file /a     | layer 1 of 1 (CREATED): "a": owner 0:0, rebuilt 5:7
          COPY file /a                 | COPY tree /a                 | layer 1 of 1 (CREATED): "a": kind file, rebuilt directory
          COPY file /a                 | COPY file /b                 | layer 1 of 1 (CREATED): "a": entry a file, rebuilt nothing
          COPY file /b                 | COPY file /a                 | layer 1 of 1 (CREATED): "a": entry nothing, rebuilt a file
          COPY <<X /a\\nb\\nX          | COPY <<X /a\\nc\\nX          | layer 1 of 1 (CREATED): "a": content sha256:0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f of 2 bytes, rebuilt sha256:a3a5e715f0cc574a73c3f9bebb6bc24f32ffd5b67b387244c2c909da779a1478 of 2 bytes
          COPY file /a\\nCOPY file /b  | COPY file /a\\nCOPY tree /b  | layer 2 of 2 (CREATED): "b": kind file, rebuilt directory
          COPY file /a                 | COPY file /a\\nCOPY file /b  | layers: 1, rebuilt 2
          ENV A=1 B=2                  | ENV A=1 B=3                  | configuration: config.Env[2] "B=2", rebuilt "B=3"
          USER 5                       | LABEL x=y                    | configuration: config.User "5", rebuilt nothing
          """)
  void names_the_first_difference(String before, String now, String difference) throws IOException {
    write(before);
    build("-t", "made");
    write(now);
    var outcome = verify("made");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(last(outcome).replaceAll("\\(/bin/sh -c [^)]*\\)[^)]*\\)", "(CREATED)"))
        .isEqualTo("made differs: " + difference);
  }

  @Test
  void a_link_that_leads_elsewhere_is_named() throws IOException {
    write("COPY tree /");
    build("-t", "made");
    Files.delete(folder.resolve("context/tree/link"));
    Files.createSymbolicLink(folder.resolve("context/tree/link"), Path.of("/etc"));
    assertThat(last(verify("made"))).endsWith("\"link\": link ../file, rebuilt /etc");
  }

  @Test
  void an_annotation_is_named() throws IOException {
    write("LABEL x=y");
    build("-t", "made", "--annotation", "by=me");
    assertThat(last(verify("made", "--annotation", "by=you")))
        .isEqualTo("made differs: annotation: by \"me\", rebuilt \"you\"");
  }

  @Test
  void times_count_where_they_are_given() throws IOException {
    write("COPY file /a");
    touch(Instant.EPOCH.plusSeconds(5));
    build("-t", "made", "--source-date-epoch=100");
    assertThat(last(verify("made", "--source-date-epoch=100")))
        .isEqualTo("made is what the build gives");
    touch(Instant.EPOCH.plusSeconds(6));
    var outcome = verify("made", "--source-date-epoch=100");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(last(outcome))
        .endsWith("\"a\": mtime 1970-01-01T00:00:05Z, rebuilt 1970-01-01T00:00:06Z");
    assertThat(last(verify("made", "--source-date-epoch=101"))).contains("\"a\": mtime");
  }

  @Test
  void times_of_a_clock_stand_aside() throws IOException {
    write("COPY file /deep/a");
    build("-t", "made");
    touch(Instant.EPOCH);
    assertThat(verify("made").succeeded().stdout())
        .endsWith(
            "made is what the build gives, times aside; with --timestamp, times would be the"
                + " same, too\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"oci:PATH:x", "oci-archive:PATH:x", "docker-archive:PATH:x:y", "dir:PATH"})
  void the_image_may_be_anywhere(String place) throws IOException {
    var image = place.replace("PATH", folder.resolve("image").toString());
    write("COPY file /a\nCOPY tree /b");
    build("-t", image, "--timestamp=0");
    assertThat(last(verify(image, "--timestamp=0"))).endsWith(" is what the build gives");
    write("COPY file /a\nCOPY file /b");
    assertThat(last(verify(image, "--timestamp=0"))).contains("layer 2 of 2", "\"b\": kind");
  }

  @Test
  @Tag("tool")
  void the_image_may_be_in_a_registry() throws IOException {
    write("COPY file /a");
    try (var registry = DockerRegistry.open()) {
      var image = registry.host() + "/team/app:1";
      build("-t", "docker://" + image, "--timestamp=0", "--tls-verify=false");
      assertThat(last(verify(image, "--timestamp=0", "--tls-verify=false")))
          .isEqualTo(image + " is what the build gives");
    }
  }

  @Test
  void each_image_of_an_index_is_built_again() throws IOException {
    write("ARG TARGETARCH\nCOPY <<X /a\n$TARGETARCH\nX");
    build("--manifest", "list", "--platform=linux/amd64,linux/arm64");
    assertThat(verify("list", "--platform=linux/amd64,linux/arm64").status()).isZero();
    write("ARG TARGETARCH\nCOPY <<X /a\namd64\nX");
    assertThat(last(verify("list", "--platform=linux/amd64"))).startsWith("list is what");
    assertThat(last(verify("list", "--platform=linux/amd64,linux/arm64")))
        .contains("\"a\": content");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          oci:nosuch:x | COPY file /a | Error: open nosuch/index.json: no such
          made         | COPY none /a | Error: building at STEP "COPY none /a"
          """)
  void what_cannot_be_verified_fails(String image, String containerfile, String error)
      throws IOException {
    write("COPY file /a");
    build("-t", "made");
    write(containerfile);
    var outcome = verify(image);
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).contains(error);
  }

  @Test
  @Tag("tool")
  @Tag("namespace")
  @Tag("root")
  void every_step_is_done_again_and_one_that_fails_is_no_difference() throws IOException {
    Require.root();
    Busybox.required().writeLayout(folder.resolve("base"), "x");
    var base = "FROM oci:%s:x\n".formatted(folder.resolve("base"));
    var containerfile = folder.resolve("context/Containerfile");
    Files.writeString(containerfile, base + "RUN cat /proc/sys/kernel/random/uuid >/changes\n");
    build("-t", "made", "--timestamp=0");
    var outcome = verify("made", "--timestamp=0");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(last(outcome)).contains("layer 2 of 2", "\"changes\": content sha256:");
    Files.writeString(containerfile, base + "RUN exit 1\n");
    outcome = verify("made", "--timestamp=0");
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).contains("RUN exit 1", "exit status 1");
  }

  @Test
  void an_image_whose_layers_are_not_those_that_it_says_fails() throws IOException {
    write("COPY file /a");
    build("-t", "dir:" + folder.resolve("image"), "--timestamp=0");
    var file = folder.resolve("image/manifest.json");
    var manifest = (ObjectNode) Json.readTree(Files.readAllBytes(file), "manifest");
    var other = Layer.of(layout -> layout.file("/a", Attributes.FILE, "other")).tar();
    ((ObjectNode) manifest.at("/layers/0"))
        .put("mediaType", "application/vnd.oci.image.layer.v1.tar")
        .put("digest", Digest.of(other).toString())
        .put("size", other.length);
    Files.write(folder.resolve("image").resolve(Digest.of(other).hex()), other);
    Files.write(file, Json.write(manifest));
    var outcome = verify("dir:" + folder.resolve("image"), "--timestamp=0");
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).contains("read layer 1: it is sha256:");
  }

  private void write(String steps) throws IOException {
    Files.writeString(
        folder.resolve("context/Containerfile"),
        "FROM scratch\n" + steps.replace("\\n", "\n") + "\n");
  }

  private void touch(Instant time) throws IOException {
    Files.setLastModifiedTime(folder.resolve("context/file"), FileTime.from(time));
  }

  private void build(String... options) {
    var line = new ArrayList<>(List.of("build"));
    line.addAll(List.of(options));
    line.add(context());
    buildah.output(line.toArray(String[]::new));
  }

  private Outcome verify(String image, String... options) {
    var line = new ArrayList<>(List.of("verify-build"));
    line.addAll(List.of(options));
    line.addAll(List.of(image, context()));
    return buildah.run(line.toArray(String[]::new));
  }

  private String context() {
    return folder.resolve("context").toString();
  }

  private static String last(Outcome outcome) {
    return outcome.stdout().lines().reduce("", (_, line) -> line);
  }
}
