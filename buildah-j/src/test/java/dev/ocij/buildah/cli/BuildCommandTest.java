package dev.ocij.buildah.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.image.Compression;
import dev.ocij.spec.Json;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildCommandTest {
  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    Files.createDirectory(folder.resolve("context"));
    Files.writeString(folder.resolve("context/file"), "content");
    containerfile("FROM scratch\nCOPY file /\n");
  }

  @Test
  void tells_its_steps_and_ends_with_the_id() {
    var lines =
        buildah.output("build", "-t", "a", "-t", "b:1", "--build-arg=C=d", context()).lines();
    assertThat(lines.map(line -> line.replaceAll("[0-9a-f]{12,}", "ID")))
        .containsExactly(
            "STEP 1/2: FROM scratch",
            "STEP 2/2: COPY file /",
            "COMMIT a",
            "--> ID",
            "[Warning] one or more build args were not consumed: [C]",
            "Successfully tagged localhost/a:latest",
            "Successfully tagged localhost/b:1",
            "ID");
  }

  @Test
  void quiet_prints_the_id_alone_and_the_id_file_has_no_line_end() throws IOException {
    var file = folder.resolve("id");
    var id = buildah.output("build", "-q", "--iidfile", file.toString(), context());
    assertThat(id).matches("[0-9a-f]{64}\n");
    assertThat(file).hasContent("sha256:" + id.strip()).hasSize(71);
  }

  @Test
  void a_failing_step_is_told_with_its_place_and_leaves_no_image() throws IOException {
    containerfile("FROM scratch\nCOPY file /\nCOPY nosuch /\n");
    var outcome = buildah.run("build", "-q", "-t", "a", context());
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr().lines())
        .startsWith(folder.resolve("context/Containerfile") + ":3:1", "   3 | COPY nosuch /")
        .contains("     | ^")
        .last(InstanceOfAssertFactories.STRING)
        .startsWith("Error: building at STEP \"COPY nosuch /\": ")
        .endsWith("Containerfile:3:1: find nosuch: no such file or directory in the build context");
    assertThat(folder.resolve("store/images/index.json")).doesNotExist();
  }

  @Test
  @Tag("root")
  @Tag("namespace")
  @Tag("distribution")
  void the_status_of_a_failing_run_is_passed_on_and_nothing_is_half_written() throws IOException {
    Require.root();
    var busybox = Busybox.required();
    busybox.writeLayout(folder.resolve("base"), "base");
    containerfile("FROM oci:%s:base\nRUN exit 3\n".formatted(folder.resolve("base")));
    var store = folder.resolve("store");
    var outcome = Launcher.BUILDAH_J.run("--root", store.toString(), "build", "-t", "a", context());
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.stderr())
        .startsWith("Tier 2: ")
        .endsWith(
            """
            /Containerfile:2:1
               2 | RUN exit 3
                 | ^
            Error: building at STEP "RUN exit 3": exit status 3
            """)
        .hasLineCount(5);
    assertThat(store.resolve("images/index.json")).doesNotExist();
    assertThat(store.resolve("containers").toFile().list()).containsExactly(".lock");
    Tool.required("rm").run("-rf", store.toString()).succeeded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Containerfile", "Dockerfile", "dockerfile"})
  void finds_the_file_by_each_of_its_names(String name) throws IOException {
    Files.delete(folder.resolve("context/Containerfile"));
    Files.writeString(folder.resolve("context").resolve(name), "FROM scratch\n");
    assertThat(buildah.output("build", context())).startsWith("STEP 1/1: FROM scratch\n");
  }

  @Test
  void a_secret_that_is_an_id_alone_may_be_a_file() {
    var file = folder.resolve("context/file");
    buildah.run("build", "--secret=id=" + file, context()).succeeded();
    assertThat(buildah.run("build", "--secret=id=" + file + "-", context()).failed().stderr())
        .endsWith("there is no variable \"%s-\"; set it, or add src=PATH\n".formatted(file));
  }

  @ParameterizedTest
  @CsvSource({"chroot, 0", "oci, 0", "chrot, 125"})
  @Tag("distribution")
  void the_environment_may_name_an_isolation(String name, int status) {
    var script = Launcher.BUILDAH_J.script().toString();
    var line = List.of(script, "--root", folder.resolve("store").toString(), "build", context());
    var outcome = Run.of(line).with(Map.of("BUILDAH_ISOLATION", name)).outcome();
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.stderr().contains("unrecognized isolation type \"chrot\""))
        .isEqualTo(status == 125);
  }

  @Test
  void several_files_are_read_as_one() throws IOException {
    var more = folder.resolve("More");
    Files.writeString(more, "LABEL more=yes\nCOPY nosuch /\n");
    var outcome = buildah.run("build", "-f", "Containerfile", "-f", more.toString(), context());
    assertThat(outcome.stdout()).contains("STEP 3/4: LABEL more=yes");
    assertThat(outcome.stderr()).contains(more + ":2:1: find nosuch");
  }

  @Test
  @Tag("distribution")
  void a_containerfile_may_come_from_standard_input() {
    var script = "echo FROM scratch | \"$0\" --root \"$1\" build -q -f - \"$2\"";
    var launcher = Launcher.BUILDAH_J.script().toString();
    Tool.required("sh")
        .run("-c", script, launcher, folder.resolve("store").toString(), context())
        .succeeded();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --label=a=1 --label=b,                     /config/config/Labels/b,           ''
          --env=A=1,                                 /config/config/Env/1,              A=1
          --unsetenv=PATH,                           /config/config/Env/0,              ''
          --unsetlabel=io.buildah.version,           /config/config/Labels,             ''
          '',                    /config/config/Labels/io.buildah.version,              1.43.2
          --identity-label=false,                    /config/config/Labels,             ''
          --timestamp=0,                             /config/config/Labels,             ''
          --timestamp=0,                             /config/created,     1970-01-01T00:00:00Z
          --annotation=x.y=z,                        /manifest/annotations/x.y,         z
          '',            /manifest/annotations/org.opencontainers.image.base.name,      ''
          --timestamp=0, /manifest/annotations/org.opencontainers.image.created, 1970-01-01T00:00:00Z
          --timestamp=0 --created-annotation=false, /manifest/annotations/org.opencontainers.image.created, ''
          --source-date-epoch=5,                     /config/created,     1970-01-01T00:00:05Z
          --source-date-epoch=5,                     /config/history/1/created, 1970-01-01T00:00:05Z
          --source-date-epoch=5,                     /config/config/Labels,             ''
          --source-date-epoch=5, /manifest/annotations/org.opencontainers.image.created, 1970-01-01T00:00:05Z
          --build-arg=SOURCE_DATE_EPOCH=5,           /config/created,     1970-01-01T00:00:05Z
          --omit-history,                            /config/history/0,                 ''
          --squash,                                  /config/history/1/empty_layer,     ''
          --squash,                                  /config/history/0/empty_layer,     true
          --squash,                                  /manifest/layers/1,                ''
          --arch=arm64,                              /config/architecture,              arm64
          --arch=arm --variant=v7,                   /config/variant,                   v7
          --os=plan9,                                /config/os,                        plan9
          --os-version=1.2,                          /config/os.version,                1.2
          --os-feature=a --os-feature=b --os-feature=a-, /config/os.features/0,         b
          --annotation=x.y=z --unsetannotation=org.opencontainers.image.base.name, /manifest/annotations/org.opencontainers.image.base.name, ''
          --format=docker,                           /manifest/annotations,             ''
          """)
  void options_change_the_image(String options, String pointer, String expected)
      throws IOException {
    containerfile("FROM scratch\nCOPY file /\nCOPY file /again\n");
    assertThat(built(options.split(" ")).at(pointer).asText()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', /config/config/Labels/a, 1",
    "--inherit-labels=false, /config/config/Labels/a, ''",
    "--inherit-labels=false, /config/config/Labels/b, 2",
    "'', /manifest/annotations/c, 3",
    "--inherit-annotations=false, /manifest/annotations/c, ''",
    "--inherit-annotations=false --annotation=d=4, /manifest/annotations/d, 4",
    "--unsetannotation=c, /manifest/annotations/c, ''"
  })
  void labels_and_annotations_of_a_base_stay_unless_they_shall_not(
      String options, String pointer, String expected) throws IOException {
    containerfile("FROM scratch\nLABEL a=1\n");
    buildah.output("build", "-t", "base", "--annotation=c=3", context());
    containerfile("FROM localhost/base\nLABEL b=2\n");
    assertThat(built(options.split(" ")).at(pointer).asText()).isEqualTo(expected);
  }

  @Test
  void values_of_the_line_beat_those_of_files() throws IOException {
    containerfile("FROM scratch\nARG A\nARG B\nLABEL a=$A b=$B\n");
    Files.writeString(folder.resolve("args"), "# some\nA=file\n\nB=file\n");
    var labels =
        built("--build-arg-file=" + folder.resolve("args"), "--build-arg=B=line")
            .at("/config/config/Labels");
    assertThat(labels.path("a").asText()).isEqualTo("file");
    assertThat(labels.path("b").asText()).isEqualTo("line");
  }

  @Test
  void a_log_file_gets_what_the_screen_would_have() throws IOException {
    var log = folder.resolve("log");
    var told = buildah.output("build", "--logfile", log.toString(), "--logsplit", context());
    assertThat(told).matches("[0-9a-f]{64}\n");
    try (var files = Files.list(folder)) {
      var written = files.filter(file -> file.getFileName().toString().startsWith("log_linux_"));
      assertThat(written.findFirst().orElseThrow()).content().contains("STEP 2/2: COPY file /");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 9",
    "--source-date-epoch=5, 9",
    "--rewrite-timestamp, 9",
    "--source-date-epoch=5 --rewrite-timestamp, 5",
    "--source-date-epoch=20 --rewrite-timestamp, 9",
    "--timestamp=20, 20",
    "--timestamp=5, 5"
  })
  void options_change_the_times_of_files(String options, long seconds) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve("context/file"), FileTime.from(Instant.ofEpochSecond(9)));
    assertThat(layer(options.split(" "))).containsExactly("file " + seconds);
  }

  @Test
  void why_a_step_is_done_again_is_told() throws IOException {
    containerfile("FROM scratch\nCOPY file /\n");
    var why = "--> Not cached: ";
    assertThat(buildah.run("build", context()).stderr()).doesNotContain(why);
    assertThat(buildah.run("build", context()).stderr()).doesNotContain(why);
    for (var record : requireNonNull(folder.resolve("store/cache/steps").toFile().listFiles())) {
      assertThat(record.setLastModified(1000)).isTrue();
    }
    assertThat(buildah.run("build", "--cache-ttl=1h", context()).stderr())
        .contains(why + "it was done longer ago than --cache-ttl allows");
    Files.writeString(folder.resolve("context/file"), "changed");
    assertThat(buildah.run("build", context()).stderr())
        .contains(why + "what it reads has changed");
  }

  @Test
  void checks_tell_what_they_find_and_build_nothing() throws IOException {
    containerfile("FROM scratch\nCMD x\n");
    var outcome = buildah.run("build", "--check", context());
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.stdout()).contains("Containerfile:2:1: JSONArgsRecommended: ", "1 found");
    var json = buildah.run("build", "--check", "--format=json", context()).stdout();
    var found = Json.readTree(json.getBytes(StandardCharsets.UTF_8), "findings").path(0);
    assertThat(found.path("rule").asText()).isEqualTo("JSONArgsRecommended");
    assertThat(found.path("line").asInt()).isEqualTo(2);
    containerfile("FROM scratch\nCMD [\"x\"]\n");
    assertThat(buildah.output("build", "--check", context())).isEqualTo("nothing found\n");
    containerfile("# check=error=true\nFROM scratch\nCMD x\n");
    assertThat(buildah.run("build", context()).failed().stderr())
        .contains("Containerfile:3:1: JSONArgsRecommended: ", "makes that an error");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  /// What the base sets is known where it is in the store.
  @Test
  void checks_look_at_the_base_and_at_the_ignore_file() throws IOException {
    containerfile("FROM scratch\nENV KNOWN=1\n");
    buildah.output("build", "-q", "-t", "base", context());
    Files.writeString(folder.resolve("context/.dockerignore"), "file\n");
    containerfile("FROM base\nLABEL a=$KNOWN b=$UNKNOWN\nCOPY file /\n");
    assertThat(buildah.run("build", "--check", "--platform=linux/s390x", context()).stdout())
        .contains(
            "Containerfile:1:1: InvalidBaseImagePlatform: \"base\" is for ",
            "Containerfile:2:1: UndefinedVar: nothing sets \"UNKNOWN\"; did you mean \"KNOWN\"?",
            "Containerfile:3:1: CopyIgnoredFile: the ignore file leaves \"file\" out",
            "3 found");
  }

  @Test
  void one_time_excludes_another() {
    var outcome = buildah.run("build", "--timestamp=1", "--source-date-epoch=1", context());
    assertThat(outcome.stderr())
        .isEqualTo("Error: --timestamp and --source-date-epoch exclude one another: keep one\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --exclude=*.md d /                   | a.txt e/ e/b.md e/c.txt
          --exclude=**/*.md d /                | a.txt e/ e/c.txt
          --exclude=**/*.md --exclude=!e/b.md d / | a.txt e/ e/b.md e/c.txt
          --exclude=e d /                      | a.md a.txt
          file none* d/*.none /to/             | to/ to/file
          --exclude=*.md d/a.* /to/            | to/ to/a.txt
          --exclude=d/a.md . /to               | to/ to/Containerfile to/d/ to/d/a.txt to/d/e/ to/d/e/b.md to/d/e/c.txt to/file
          --parents d/a.txt file /to           | to/ to/d/ to/d/a.txt to/file
          --parents d/./e/b.md /               | e/ e/b.md
          --parents **/*.md /                  | d/ d/a.md d/e/ d/e/b.md
          --parents d/./**/*.txt /to/          | to/ to/a.txt to/e/ to/e/c.txt
          --parents d/e /to/                   | to/ to/d/ to/d/e/ to/d/e/b.md to/d/e/c.txt
          --parents --exclude=d/e/*.md d/e /   | d/ d/e/ d/e/c.txt
          --parents --exclude=e d/./* /        | a.md a.txt
          """)
  void copies_but_for_what_is_excluded_and_with_parents(String arguments, String names)
      throws IOException {
    Files.createDirectories(folder.resolve("context/d/e"));
    for (var name : List.of("d/a.md", "d/a.txt", "d/e/b.md", "d/e/c.txt")) {
      Files.writeString(folder.resolve("context").resolve(name), name);
    }
    containerfile("FROM scratch\nCOPY " + arguments + "\n");
    assertThat(layer("--timestamp=0"))
        .containsExactlyElementsOf(List.of((names + " ").replace(" ", " 0,").split(",")));
  }

  @ParameterizedTest
  @CsvSource({
    "--pid=container:x, --pid=container:x",
    "--group-add=keep-groups, --group-add=keep-groups"
  })
  void what_is_not_followed_yet_is_refused(String option, String named) {
    var outcome = buildah.run("build", option, context());
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).startsWith("Error: " + named).contains("not implemented yet");
  }

  @Test
  void an_option_of_a_runtime_that_has_no_effect_is_told() throws IOException {
    containerfile("FROM scratch\nCOPY . /\n");
    var warning = "level=warning msg=\"--runtime-flag: there is no runtime without --runtime\"";
    assertThat(buildah.run("build", "--runtime-flag=debug", context()).succeeded().stderr())
        .containsOnlyOnce(warning);
    var both = new String[] {"build", "--runtime=crun", "--runtime-flag=debug", context()};
    assertThat(buildah.run(both).succeeded().stderr()).doesNotContain("level=warning");
  }

  /// The names in the only layer of the image, each with its time in seconds.
  private List<String> layer(String... options) throws IOException {
    var digest = built(options).at("/manifest/layers/0/digest").asText();
    var blob = folder.resolve("image").resolve(digest.substring("sha256:".length()));
    try (var in = Compression.decompressAny(Files.newInputStream(blob));
        var tar = new TarArchiveInputStream(in)) {
      var names = new ArrayList<String>();
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName() + " " + entry.getLastModifiedTime().to(TimeUnit.SECONDS));
      }
      return names;
    }
  }

  private JsonNode built(String... options) throws IOException {
    var image = folder.resolve("image");
    var line = new ArrayList<>(List.of("build", "-q", "-t", "dir:" + image));
    List.of(options).stream().filter(option -> !option.isEmpty()).forEach(line::add);
    line.add(context());
    var id = buildah.output(line.toArray(String[]::new)).strip();
    var both = Json.object();
    both.set("manifest", json(image.resolve("manifest.json")));
    both.set("config", json(image.resolve(id)));
    return both;
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.readTree(Files.readAllBytes(file), file.toString());
  }

  private void containerfile(String text) throws IOException {
    Files.writeString(folder.resolve("context/Containerfile"), text);
  }

  private String context() {
    return folder.resolve("context").toString();
  }
}
