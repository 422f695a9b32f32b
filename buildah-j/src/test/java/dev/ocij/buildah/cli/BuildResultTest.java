package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a build gives beside an image: files, lists of images, what it tells about them.
class BuildResultTest {
  @TempDir private Path folder;
  private BuiltFiles built;

  @BeforeEach
  void prepare() throws IOException {
    built = new BuiltFiles(folder);
    write(
        """
        FROM scratch AS one
        COPY --chmod=0640 Containerfile /deep/file
        FROM one
        ARG TARGETPLATFORM
        COPY <<X /platform
        $TARGETPLATFORM
        X
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"type=local,dest=OUT", "OUT"})
  void the_files_go_to_a_folder(String output) throws IOException {
    built.runOf("-t", "x", "-o", output.replace("OUT", out()), context()).succeeded();
    assertThat(folder.resolve("out/platform")).hasContent("linux/amd64\n");
    assertThat(Files.getPosixFilePermissions(folder.resolve("out/deep/file"))).hasSize(3);
    assertThat(folder.resolve("store/images/index.json")).content().contains("localhost/x");
  }

  @Test
  @Tag("tool")
  void the_files_go_to_an_archive() {
    built.runOf("--output=type=tar,dest=" + out(), "--target=one", context()).succeeded();
    assertThat(Tool.required("tar").output("tf", out()).lines())
        .containsExactly("deep/", "deep/file");
  }

  @Test
  @Tag("tool")
  void names_of_one_file_stay_that_where_a_stage_or_an_archive_has_them() throws IOException {
    var made = Files.createDirectories(folder.resolve("made/d/deep"));
    Files.writeString(made.resolveSibling("a"), "content");
    Files.createLink(made.resolve("b"), made.resolveSibling("a"));
    Files.createLink(made.resolveSibling("c"), made.resolveSibling("a"));
    Files.writeString(made.resolveSibling("same"), "content");
    var tar = Tool.required("tar");
    var archive = folder.resolve("context/links.tar").toString();
    tar.run("-C", folder.resolve("made").toString(), "-cf", archive, "d").succeeded();
    Files.writeString(
        folder.resolve("context/Containerfile"),
        """
        FROM scratch AS one
        ADD links.tar /
        FROM scratch
        COPY --from=one --chown=3:4 --exclude=c /d /e
        """);
    built.runOf("--output=type=tar,dest=" + out(), context()).succeeded();
    assertThat(tar.output("tvf", out(), "--numeric-owner").lines())
        .anyMatch(line -> line.startsWith("-") && line.endsWith(" e/a"))
        .anyMatch(line -> line.startsWith("h") && line.endsWith(" e/deep/b link to e/a"))
        .anyMatch(line -> line.startsWith("-rw-r--r-- 3/4 ") && line.endsWith(" e/same"))
        .noneMatch(line -> line.contains(" e/c"));
    // Two files of the same content are something else.
    Files.delete(made.resolve("b"));
    Files.writeString(made.resolve("b"), "content");
    tar.run("-C", folder.resolve("made").toString(), "-cf", archive, "d").succeeded();
    built.runOf("--output=type=tar,dest=" + out(), context()).succeeded();
    assertThat(tar.output("tvf", out(), "--numeric-owner").lines())
        .anyMatch(line -> line.startsWith("-") && line.endsWith(" e/deep/b"));
  }

  @Test
  @Tag("distribution")
  @Tag("tool")
  void the_archive_may_go_to_standard_output() {
    var script = "\"$0\" --root \"$1\" build -o - \"$2\" 2>\"$3\" | tar t; cat \"$3\" >&2";
    var outcome =
        Tool.required("sh")
            .run(
                "-c",
                script,
                Launcher.BUILDAH_J.script().toString(),
                folder.resolve("store").toString(),
                context(),
                out())
            .succeeded();
    assertThat(outcome.stdout().lines()).containsExactly("deep/", "deep/file", "platform");
    assertThat(outcome.stderr()).contains("STEP 1/3: FROM one").containsPattern("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type=local,dest=/proc/x        | /proc/x
          type=tar,dest=/proc/x          | /proc/x
          type=tar,dest=/no/such/x       | /no/such/x
          /dev/null/x                    | /dev/null/x
          """)
  void files_that_cannot_be_written_are_told_with_their_place(String output, String place) {
    var told = built.runOf("-t", "x", "-o", output, context()).failed();
    assertThat(told.status()).isEqualTo(125);
    assertThat(told.stderr())
        .contains("Error: write the files of the image to \"%s\": ".formatted(place));
    assertThat(folder.resolve("store/images/index.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --output=type=local            | expected type=local,dest=FOLDER or type=tar,dest=FILE
          --output=type=zip,dest=x       | unknown type; expected local or tar
          --output=type=local,dest=-     | a folder cannot go to standard output
          --output=type=oci,dest=x       | an image goes where -t says
          --output=type=image,name=x     | an image goes where -t says
          --output=dest=x                | unknown type; expected local or tar
          --manifest=l --iidfile=x       | a list has no id
          --manifest=l --output=x        | --output of a list of images is not implemented yet
          """)
  void what_makes_no_sense_is_told(String options, String message) {
    var line = (options + " " + context()).split(" ");
    assertThat(built.runOf(line).failed().stderr()).contains(message);
    assertThat(folder.resolve("store/images/index.json")).doesNotExist();
  }

  @Test
  void digests_and_names_are_told_in_a_file() throws IOException {
    var file = folder.resolve("metadata");
    var raw = folder.resolve("raw");
    var out =
        built
            .runOf("-q", "-t", "x", "--metadata-file=" + file, "--iidfile-raw=" + raw, context())
            .succeeded();
    var metadata = json(file);
    assertThat(raw).hasContent(out.stdout().strip());
    assertThat(metadata.path("containerimage.config.digest").asText())
        .isEqualTo("sha256:" + out.stdout().strip());
    assertThat(metadata.path("image.name").asText()).isEqualTo("localhost/x:latest");
    var digest = metadata.path("containerimage.digest").asText();
    assertThat(folder.resolve("store/images/blobs/sha256").resolve(digest.substring(7)))
        .content()
        .contains(out.stdout().strip());
  }

  @Test
  void several_platforms_give_a_list() throws IOException {
    var layout = "oci:" + folder.resolve("l:x");
    var lines =
        built
            .runOf("--platform=linux/amd64,linux/arm64/v8", "-t", layout, context())
            .succeeded()
            .stdout();
    assertThat(lines).contains("[linux/arm64/v8] [2/2] STEP 1/3: FROM one");
    assertThat(platforms("l")).containsExactly("amd64", "arm64");
    assertThat(lines.strip()).endsWith(digest("l"));
    var pulled = "FROM --platform=linux/arm64 oci:%s\nLABEL a=b\n".formatted(folder.resolve("l:x"));
    write(pulled);
    assertThat(built.filesOf(context()).toString()).contains("platform");
  }

  @Test
  void all_platforms_are_those_that_the_bases_have_in_common() throws IOException {
    var one = "oci:" + folder.resolve("one:x");
    var other = "oci:" + folder.resolve("other:x");
    built.runOf("--platform=linux/arm64,linux/amd64,linux/s390x", "-t", one, context()).succeeded();
    built.runOf("--platform=linux/s390x,linux/arm64", "-t", other, context()).succeeded();
    write(
        "FROM --platform=linux/amd64 %s AS a\nFROM %s AS b\nFROM %s\nCOPY --from=a / /\nCOPY --from=b / /\n"
            .formatted(one, other, one));
    built.runOf("--all-platforms", "-t", "oci:" + folder.resolve("l:x"), context()).succeeded();
    assertThat(platforms("l")).containsExactly("s390x", "arm64");
    assertThat(built.runOf("--all-platforms", "--os=linux", context()).failed().stderr())
        .isEqualTo("Error: --all-platforms may not be used with --platform\n");
    write("FROM scratch\nLABEL a=b\n");
    built.runOf("--platform=linux/ppc64le", "-t", "lonely", context()).succeeded();
    write("FROM %s AS a\nFROM lonely\nCOPY --from=a / /\n".formatted(one));
    assertThat(built.runOf("--all-platforms", context()).failed().stderr())
        .isEqualTo(
            "Error: find all platforms: the bases have none in common; name them with"
                + " --platform\n");
  }

  @Test
  void a_list_keeps_what_it_has_for_other_platforms() throws IOException {
    var layout = "oci:" + folder.resolve("l:x");
    for (var platform : new String[] {"linux/arm64", "linux/s390x", "linux/arm64"}) {
      built.runOf("--platform=" + platform, "--manifest", layout, context()).succeeded();
    }
    assertThat(platforms("l")).containsExactly("s390x", "arm64");
    assertThat(Files.readString(folder.resolve("l/index.json"))).contains("image.index");
  }

  @Test
  void a_list_of_the_store_can_be_built_on() throws IOException {
    built.runOf("--platform=linux/amd64,linux/arm64", "--manifest=l", context()).succeeded();
    write("FROM localhost/l\nCOPY <<X /more\nX\n");
    assertThat(built.filesOf("--platform=linux/arm64", context()).toString()).contains(" more");
  }

  /// An image of the store has one platform, and its registry the others.
  @Test
  @Tag("tool")
  void a_base_is_for_the_platform_that_is_built_for() throws IOException {
    try (var registry = DockerRegistry.open()) {
      var base = registry.host() + "/base:latest";
      var both = "--platform=linux/amd64,linux/arm64";
      built.runOf("--tls-verify=false", both, "-t", "docker://" + base, context()).succeeded();
      write("FROM %s\n".formatted(base));
      for (int times = 0; times < 2; times++) {
        var list = "oci:" + folder.resolve("l" + times + ":x");
        built.runOf("--tls-verify=false", both, "-t", list, context()).succeeded();
        write("FROM --platform=linux/arm64 %s\n".formatted(list));
        assertThat(shownPlatform("--platform=linux/arm64")).isEqualTo("linux/arm64\n");
        write("FROM %s\n".formatted(base));
      }
      assertThat(shownPlatform("--pull=never")).isEqualTo("linux/amd64\n");
    }
  }

  private String shownPlatform(String option) throws IOException {
    var files = folder.resolve("files");
    built.runOf(option, "-o", files.toString(), context()).succeeded();
    return Files.readString(files.resolve("platform"));
  }

  @Test
  void a_base_that_is_only_in_the_store_is_for_one_platform() throws IOException {
    built.runOf("--platform=linux/s390x", "-t", "127.0.0.1:1/base", context()).succeeded();
    write("FROM 127.0.0.1:1/base\n");
    built.runOf(context()).succeeded();
    var there = "the one in the store is for linux/s390x";
    for (var pull : List.of("missing", "never")) {
      var line = new String[] {"--platform=linux/arm64", "--pull=" + pull, context()};
      assertThat(built.runOf(line).failed().stderr()).contains(there);
    }
    assertThat(built.runOf("--platform=linux/arm64", "--pull=never", context()).stderr())
        .contains("127.0.0.1:1/base: image not known for linux/arm64; " + there);
  }

  @Test
  @Tag("root")
  @Tag("tool")
  @Tag("namespace")
  void a_foreign_program_ends_the_build_with_a_hint() throws IOException {
    Require.root();
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    Files.write(folder.resolve("context/sh"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});
    write("FROM --platform=linux/s390x scratch\nCOPY --chmod=0755 sh /bin/sh\nRUN true\n");
    assertThat(built.runOf(context()).failed().stderr())
        .contains("the image is for linux/s390x and this machine is linux/", "binfmt_misc");
  }

  @ParameterizedTest
  @CsvSource({
    "FROM --platform=linux/arm64 scratch, arm64",
    "FROM --platform=$BUILDPLATFORM scratch, HOST",
    "FROM --platform=$TARGETPLATFORM scratch, s390x",
    "FROM scratch, s390x"
  })
  void a_stage_may_be_for_another_platform(String from, String architecture) throws IOException {
    write("FROM --platform=linux/s390x scratch AS other\n" + from + "\nLABEL a=b\n");
    var image = folder.resolve("image");
    var options = architecture.equals("s390x") ? "--platform=linux/s390x" : "--target=1";
    var id =
        built.runOf("-q", options, "-t", "dir:" + image, context()).succeeded().stdout().strip();
    var host = System.getProperty("os.arch").replace("aarch64", "arm64").replace("x86_64", "amd64");
    assertThat(json(image.resolve(id)).path("architecture").asText())
        .isEqualTo(architecture.replace("HOST", host));
  }

  private List<String> platforms(String layout) throws IOException {
    var index = json(folder.resolve(layout).resolve("blobs/sha256").resolve(digest(layout)));
    return StreamSupport.stream(index.path("manifests").spliterator(), false)
        .map(entry -> entry.at("/platform/architecture").asText())
        .toList();
  }

  private String digest(String layout) throws IOException {
    return json(folder.resolve(layout).resolve("index.json"))
        .at("/manifests/0/digest")
        .asText()
        .substring("sha256:".length());
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.readTree(Files.readAllBytes(file), file.toString());
  }

  private void write(String containerfile) throws IOException {
    Files.writeString(folder.resolve("context/Containerfile"), containerfile);
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private String context() {
    return built.context().toString();
  }
}
