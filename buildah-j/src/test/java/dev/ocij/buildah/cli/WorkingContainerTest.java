package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Working containers in which nothing is run, so that they need nothing of the machine.
class WorkingContainerTest {
  @TempDir private Path folder;
  private InProcess buildah;
  private String file;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    file = Files.writeString(folder.resolve("file"), "content").toString();
    var text =
        """
        FROM scratch
        COPY file /base
        ENV PATH=/bin
        CMD ["sh"]
        LABEL a=1
        """;
    Files.writeString(folder.resolve("Containerfile"), text);
    buildah.output("build", "-q", "-t", "base", folder.toString());
  }

  @Test
  void names_are_made_after_the_image_and_numbered() {
    assertThat(buildah.output("from", "base")).isEqualTo("base-working-container\n");
    assertThat(buildah.output("from", "base")).isEqualTo("base-working-container-1\n");
    assertThat(buildah.output("from", "--pull", "scratch")).isEqualTo("working-container\n");
    assertThat(buildah.output("from", "--name", "x", "base")).isEqualTo("x\n");
    buildah.output("rename", "x", "y");
    assertThat(buildah.output("containers", "--format", "{{.ContainerName}} {{.ImageName}}"))
        .isEqualTo(
            """
            base-working-container     localhost/base:latest
            base-working-container-1   localhost/base:latest
            working-container          scratch
            y                          localhost/base:latest
            """);
    var id = buildah.output("containers", "-q", "--filter", "name=y").strip();
    assertThat(buildah.output("rm", id.substring(0, 10))).isEqualTo(id + "\n");
    assertThat(buildah.output("rm", "-a").lines()).hasSize(3);
    assertThat(buildah.output("containers", "--json")).isEqualTo("null\n");
    assertThat(folder.resolve("store/containers")).isDirectoryNotContaining("glob:**/working-*");
  }

  @Test
  void what_the_base_asks_of_builds_on_it_is_done() throws IOException {
    var text = "FROM base\nONBUILD LABEL b=2\nONBUILD WORKDIR /w\n";
    Files.writeString(folder.resolve("Containerfile"), text);
    buildah.output("build", "-q", "-t", "asking", folder.toString());
    assertThat(buildah.run("from", "--name", "c", "asking").stderr())
        .isEqualTo(
            """
            Tier 0: nothing runs, so the machine is asked for nothing
            STEP 1/3: FROM localhost/asking:latest
            STEP 2/3: LABEL b=2
            STEP 3/3: WORKDIR /w
            """);
    buildah.output("copy", "-q", "c", file, "/more");
    buildah.output("commit", "-q", "c", "img");
    var image = json("img").path("OCIv1");
    assertThat(image.path("config").path("Labels").path("b").asText()).isEqualTo("2");
    assertThat(image.path("config").path("WorkingDir").asText()).isEqualTo("/w");
    assertThat(json("img").path("Docker").path("config").path("OnBuild")).isEmpty();
    var layers = image.path("rootfs").path("diff_ids");
    assertThat(layers).hasSize(3);
    assertThat(entries(layers.get(1).asText())).containsExactly("w/ 755 0:0");
    assertThat(history("img"))
        .endsWith("/bin/sh -c #(nop) WORKDIR /w", "/bin/sh FROM localhost/asking:latest");
  }

  @Test
  void a_commit_has_one_layer_of_all_that_was_changed() throws IOException {
    buildah.output("from", "--name", "c", "base");
    buildah.output("copy", "-q", "c", file, "/one/");
    buildah.output("copy", "-q", "--chmod", "600", "--chown", "5:6", "c", file, "/two");
    buildah.output("copy", "-q", "c", file, "/one/file");
    buildah.output("commit", "-q", "c", "img");
    var layers = json("img").path("OCIv1").path("rootfs").path("diff_ids");
    assertThat(layers).hasSize(2);
    assertThat(entries(layers.get(1).asText()))
        .containsExactly("one/ 755 0:0", "one/file 644 0:0", "two 600 5:6");
    assertThat(history("img"))
        .endsWith("/bin/sh -c #(nop) LABEL a=1", "/bin/sh FROM localhost/base:latest");
  }

  @Test
  void squash_makes_one_layer_of_all_and_rm_removes_the_container() throws IOException {
    buildah.output("from", "--name", "c", "base");
    buildah.output("copy", "-q", "c", file, "/one");
    var idFile = folder.resolve("id");
    var printed =
        buildah.output(
            "commit", "-q", "--squash", "--rm", "--iidfile", idFile.toString(), "c", "i");
    assertThat(printed).isEmpty();
    assertThat(idFile).content().matches("sha256:[0-9a-f]{64}");
    var layers = json("i").path("OCIv1").path("rootfs").path("diff_ids");
    assertThat(layers).hasSize(1);
    assertThat(entries(layers.get(0).asText())).containsExactly("base 644 0:0", "one 644 0:0");
    assertThat(buildah.output("containers", "-q")).isEmpty();
  }

  @Test
  void a_time_that_is_given_makes_the_same_image_each_time() {
    buildah.output("from", "--name", "c", "base");
    buildah.output("copy", "-q", "c", file, "/one");
    buildah.output("copy", "-q", "c", file, "/two");
    var first = buildah.output("commit", "-q", "--timestamp", "1000", "c", "x");
    assertThat(buildah.output("commit", "-q", "--timestamp", "1000", "c", "y")).isEqualTo(first);
    assertThat(json("x").path("OCIv1").path("created").asText()).isEqualTo("1970-01-01T00:16:40Z");
  }

  @Test
  void a_commit_has_the_time_of_a_file() throws IOException {
    buildah.output("from", "--name", "c", "base");
    Files.setLastModifiedTime(Path.of(file), FileTime.fromMillis(1_000_000));
    buildah.output("commit", "-q", "--reference-time=" + file, "c", "x");
    assertThat(json("x").path("OCIv1").path("created").asText()).isEqualTo("1970-01-01T00:16:40Z");
    assertThat(
            buildah
                .run("commit", "--reference-time=" + folder + "/none", "c", "y")
                .failed()
                .stderr())
        .contains("--reference-time", "no such file");
  }

  @Test
  void config_changes_what_the_image_would_be() {
    buildah.output("from", "--name", "c", "base");
    config("--env", "A=$PATH:/x", "--env", "PATH-", "--label", "b=2", "--label", "a-");
    config("--port", "80,81/udp", "--port", "82", "--volume", "/v", "--workingdir", "/w");
    config("--entrypoint", "run it", "--cmd", "echo 'a b' c", "--shell", "/bin/ash -e");
    config("--annotation", "k=v", "--user", "me", "--author", "us", "--stop-signal", "9");
    config("--healthcheck", "CMD-SHELL ok", "--healthcheck-interval", "5s");
    config("--os", "linux", "--arch", "arm64", "--variant", "v8", "--port", "82-");
    var shown = json("c").path("OCIv1");
    assertThat(shown.path("config").path("Env").toString()).isEqualTo("[\"A=/bin:/x\"]");
    assertThat(shown.path("config").path("Labels").path("b").asText()).isEqualTo("2");
    assertThat(shown.path("config").path("Labels").has("a")).isFalse();
    assertThat(shown.path("config").path("ExposedPorts").toString())
        .isEqualTo("{\"80\":{},\"81/udp\":{}}");
    assertThat(shown.path("config").path("Entrypoint").toString())
        .isEqualTo("[\"/bin/sh\",\"-c\",\"run it\"]");
    assertThat(shown.path("config").path("Cmd").toString()).isEqualTo("[\"echo\",\"a b\",\"c\"]");
    assertThat(shown.path("architecture").asText() + shown.path("variant").asText())
        .isEqualTo("arm64v8");
    assertThat(json("c").path("Docker").path("config").path("Healthcheck").toString())
        .isEqualTo(
            "{\"Test\":[\"CMD-SHELL\",\"ok\"],\"Interval\":5000000000,\"Timeout\":30000000000,\"Retries\":3}");
    assertThat(json("c").path("ImageAnnotations").path("k").asText()).isEqualTo("v");
  }

  @Test
  void the_history_tells_of_a_change_where_that_is_wanted() {
    buildah.output("from", "--name", "c", "scratch");
    buildah.output("config", "--add-history", "--user", "me", "--env", "A=1", "c");
    buildah.output("config", "--label", "x=1", "--created-by", "by hand", "c");
    buildah.output("commit", "-q", "c", "i");
    assertThat(history("i"))
        .containsExactly("/bin/sh -c #(nop) USER me", "/bin/sh -c #(nop) ENV A=1", "by hand");
  }

  @Test
  void an_instruction_changes_the_image_at_last() {
    buildah.output("from", "--name", "c", "base");
    buildah.output("commit", "-q", "--change", "WORKDIR /deep", "-c", "CMD [\"x\"]", "c", "i");
    assertThat(json("i").path("OCIv1").path("config").path("WorkingDir").asText())
        .isEqualTo("/deep");
    assertThat(json("c").path("OCIv1").path("config").has("WorkingDir")).isFalse();
  }

  @Test
  void a_container_keeps_what_it_stands_on_when_its_image_is_removed() {
    buildah.output("from", "--name", "c", "base");
    buildah.output("copy", "-q", "c", file, "/one");
    buildah.output("prune", "--all");
    buildah.output("commit", "-q", "c", "i");
    assertThat(buildah.output("from", "--name", "d", "i")).isEqualTo("d\n");
    buildah.output("rm", "-a");
    buildah.output("rmi", "-a");
    assertThat(folder.resolve("store/images/blobs/sha256")).isEmptyDirectory();
  }

  @Test
  void an_image_that_a_container_was_made_of_goes_by_force_alone() {
    buildah.output("from", "--name", "c", "base");
    var id = buildah.output("inspect", "--format", "{{.ContainerID}}", "c").strip();
    for (var line : List.of("rmi base", "rmi -a", "rmi " + imageId("base"))) {
      var refused = buildah.run(line.split(" "));
      assertThat(refused.status()).isEqualTo(125);
      assertThat(refused.stderr())
          .contains(
              "1 error occurred:\n\t* image used by " + id + ": image is in use by a container");
    }
    buildah.output("tag", "base", "two");
    assertThat(buildah.output("rmi", "two")).isEqualTo("untagged: localhost/two:latest\n");
    buildah.output("tag", "base", "two");
    assertThat(buildah.run("rmi", imageId("base")).stderr()).contains("image used by " + id);
    assertThat(buildah.output("rmi", "-f", imageId("base")))
        .contains("untagged: localhost/base:latest", "untagged: localhost/two:latest");
    assertThat(buildah.output("containers", "-q")).isEmpty();
    assertThat(folder.resolve("store/images/blobs/sha256")).isEmptyDirectory();
  }

  private String imageId(String name) {
    return buildah.output("images", "-q", "--no-trunc", name).strip();
  }

  @Test
  void copies_from_a_container_and_from_an_image() throws IOException {
    buildah.output("from", "--name", "c", "scratch");
    buildah.output("copy", "-q", "c", file, "/one");
    buildah.output("copy", "-q", "--from", "c", "c", "/one", "/again");
    buildah.output("copy", "-q", "--from", "base", "c", "/base", "/dir/");
    buildah.output("commit", "-q", "c", "i");
    assertThat(entries(json("i").path("OCIv1").path("rootfs").path("diff_ids").get(0).asText()))
        .containsExactly("again 644 0:0", "dir/ 755 0:0", "dir/base 644 0:0", "one 644 0:0");
  }

  @Test
  void a_commit_takes_files_and_a_configuration() throws IOException {
    buildah.output("from", "--name", "c", "base");
    var config = Files.writeString(folder.resolve("config"), "{\"Env\":[\"Z=1\"],\"User\":\"me\"}");
    var added = "--add-file=" + file + ":/in/it";
    buildah.output("commit", "-q", added, "--config=" + config, "c", "i");
    var shown = json("i").path("OCIv1");
    assertThat(shown.at("/config/Env").toString()).isEqualTo("[\"PATH=/bin\",\"Z=1\"]");
    assertThat(shown.at("/config/User").asText()).isEqualTo("me");
    assertThat(entries(shown.at("/rootfs/diff_ids/1").asText()))
        .containsExactly("in/ 755 0:0", "in/it 644 0:0");
    assertThat(buildah.run("commit", "--add-file=" + folder + ":/x", "c").stderr())
        .contains("is not a regular file");
  }

  @Test
  void an_option_of_a_runtime_that_has_no_effect_is_told() {
    buildah.output("from", "--name", "c", "base");
    assertThat(buildah.run("run", "--runtime-flag=debug", "--network=x", "c", "true").stderr())
        .containsOnlyOnce(
            "level=warning msg=\"--runtime-flag: there is no runtime without --runtime\"");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          from,                    'an image name (or "scratch") must be specified'
          from base -q,            'no options (-q) can be specified after the image or container name'
          from --network x base,   '--network x is not implemented yet'
          from --memory x base,    '--memory "x": expected a number and b, k, m or g'
          from --cgroup-parent ../x base, 'make a control group below "../x": it leads out of the mount; name it from its root'
          --userns-uid-map x from base, '--userns-uid-map "x": expected ID:ID:COUNT, as in 0:0:1000'
          --userns-gid-map 0 run c true, '--userns-gid-map "0": expected ID:ID:COUNT, as in 0:0:1000'
          run,                     'container ID must be specified'
          run c,                   'command must be specified'
          run nosuch true,         'reading build container "nosuch": container not known'
          copy c,                  'src must be specified'
          copy --ignorefile x c y, '--ignorefile option requires that you specify a context dir using --contextdir'
          copy c /no/such /x,      'adding content to container "c": find /no/such: no such file or directory in the build context'
          copy c /no/such* /x,     'adding content to container "c": COPY /no/such*: no such file or directory'
          config,                  'container ID must be specified'
          config c d,              'too many arguments specified'
          config --env NOT_SET c,  'setting env "NOT_SET": no value given'
          commit,                  'container ID must be specified'
          commit c a b,            'too many arguments specified'
          commit --encryption-key x c, 'Invalid encryption keys: "x": expected PROTOCOL:FILE, as jwe:key.pem'
          rename c,                'accepts 2 arg(s), received 1'
          rename c c,              'renaming a container with the same name as its current name'
          rm,                      'container ID must be specified'
          rm nosuch,               'removing container "nosuch": container not known'
          umount,                  'at least one container ID must be specified'
          umount nosuch,           'error unmounting container nosuch: container not known'
          containers -f x=y,       'parsing filter: invalid filter "x"'
          """)
  void failures_are_told_as_buildah_does(String line, String expected) {
    buildah.output("from", "--name", "c", "base");
    var outcome = buildah.run(line.split(" "));
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr().replaceAll("[0-9a-f]{64}", "ID"))
        .isEqualTo("Error: " + expected + "\n");
  }

  private void config(String... options) {
    var line = new ArrayList<>(List.of("config"));
    line.addAll(List.of(options));
    line.add("c");
    buildah.output(line.toArray(String[]::new));
  }

  private JsonNode json(String name) {
    var shown = buildah.output("inspect", name);
    return Json.readTree(shown.getBytes(StandardCharsets.UTF_8), "inspection");
  }

  private List<String> history(String name) {
    var history = json(name).path("OCIv1").path("history");
    return StreamSupport.stream(history.spliterator(), false)
        .map(each -> each.path("created_by").asText() + " " + each.path("comment").asText(""))
        .map(String::strip)
        .toList();
  }

  private List<String> entries(String diffId) throws IOException {
    var blob = folder.resolve("store/images/blobs").resolve(diffId.replace(':', '/'));
    var entries = new ArrayList<String>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(blob))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(
            "%s %o %d:%d"
                .formatted(
                    entry.getName(),
                    entry.getMode() & 07777,
                    entry.getLongUserId(),
                    entry.getLongGroupId()));
      }
    }
    return entries;
  }
}
