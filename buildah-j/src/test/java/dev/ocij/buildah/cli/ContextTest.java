package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Contexts that are no folder, further contexts, and Containerfiles that are made of others.
class ContextTest {
  @TempDir private Path folder;
  private BuiltFiles built;

  @BeforeEach
  void prepare() throws IOException {
    built = new BuiltFiles(folder);
    Files.createDirectories(folder.resolve("web"));
    Files.createDirectories(folder.resolve("packed/docker"));
    Files.writeString(folder.resolve("packed/Containerfile"), "FROM scratch\nCOPY . /\n");
    Files.writeString(folder.resolve("packed/docker/Other"), "FROM scratch\nCOPY file /o\n");
    Files.writeString(folder.resolve("packed/file"), "content");
    Files.writeString(folder.resolve("packed/hidden"), "content");
    Files.writeString(folder.resolve("packed/.containerignore"), "hidden\n.containerignore\n");
  }

  @ParameterizedTest
  @Tag("tool")
  @ValueSource(strings = {"cf", "czf", "cJf", "cjf"})
  void an_archive_of_the_web(String flags) throws IOException {
    pack(flags, folder.resolve("web/a"));
    try (var web = WebServer.of(folder.resolve("web"))) {
      assertThat(names(built.filesOf(web.url("a"))))
          .containsExactly("Containerfile", "docker/", "docker/Other", "file");
      assertThat(names(built.filesOf("-f", "docker/Other", web.url("a")))).containsExactly("o");
    }
  }

  @Test
  void a_containerfile_of_the_web_has_an_empty_context() throws IOException {
    Files.writeString(folder.resolve("web/c"), "FROM scratch\nCOPY <<X /x\nX\n");
    Files.writeString(folder.resolve("web/d"), "FROM scratch\nCOPY . /x\nBAD\n");
    try (var web = WebServer.of(folder.resolve("web"))) {
      assertThat(names(built.filesOf(web.url("c")))).containsExactly("x");
      assertThat(built.runOf(web.url("d")).stderr())
          .contains(web.url("d") + ":3:1: unknown instruction \"BAD\"");
      assertThat(built.runOf("-f", "x", web.url("c")).stderr())
          .contains("the context is a Containerfile itself; leave out --file");
    }
  }

  @Test
  void a_file_is_the_containerfile_of_its_folder() throws IOException {
    var file = folder.resolve("packed/docker/Other").toString();
    Files.writeString(folder.resolve("packed/docker/file"), "content");
    assertThat(names(built.filesOf(file))).containsExactly("o");
    assertThat(built.runOf(folder.resolve("none").toString()).stderr())
        .contains("open build context \"" + folder.resolve("none") + "\": no such file");
  }

  @Test
  @Tag("distribution")
  @Tag("tool")
  void standard_input_is_an_archive_or_a_containerfile() throws IOException {
    pack("czf", folder.resolve("a.tgz"));
    assertThat(fromInput("cat $1/a.tgz | $0 --root $1/store build -q -f docker/Other -"))
        .hasSize(65);
    assertThat(fromInput("printf 'FROM scratch\\nLABEL a=b\\n' | $0 --root $1/store build -q -"))
        .hasSize(65);
    assertThat(fromInput("cat $1/a.tgz | $0 --root $1/store build -")).contains("COPY . /");
    assertThat(folder.resolve("store/containers").toFile().list()).containsExactly(".lock");
  }

  @ParameterizedTest
  @Tag("tool")
  @ValueSource(strings = {"Containerfile", ".containerignore"})
  void a_context_from_elsewhere_gets_no_file_of_this_machine_read(String name) throws IOException {
    Files.writeString(folder.resolve("secret"), "a-secret [\n");
    Files.delete(folder.resolve("packed").resolve(name));
    Files.createSymbolicLink(folder.resolve("packed").resolve(name), folder.resolve("secret"));
    pack("cf", folder.resolve("web/a"));
    Files.delete(folder.resolve("packed").resolve(name));
    Tool.required("mkfifo").run(folder.resolve("packed").resolve(name).toString()).succeeded();
    Files.writeString(folder.resolve("packed/x.in"), "FROM scratch\n");
    pack("cf", folder.resolve("web/b"));
    try (var web = WebServer.of(folder.resolve("web"))) {
      assertThat(built.runOf(web.url("a")).failed().stderr())
          .contains("read %s of the build context: a link to outside".formatted(name))
          .doesNotContain("a-secret");
      if (name.equals("Containerfile")) {
        assertThat(built.runOf(web.url("b")).failed().stderr()).contains("or no plain file");
        assertThat(built.runOf("-f", "x.in", web.url("b")).failed().stderr())
            .contains("cpp could include any file of this machine");
      }
    }
  }

  @Test
  void a_further_context_hides_stages_and_images() throws IOException {
    Files.createDirectory(folder.resolve("further"));
    Files.writeString(folder.resolve("further/inside"), "x");
    Files.writeString(folder.resolve("further/out"), "x");
    Files.writeString(folder.resolve("further/.dockerignore"), "out\n.dockerignore\n");
    var context = "--build-context=more=" + folder.resolve("further");
    write("FROM scratch AS more\nFROM scratch\nCOPY --from=more / /a/\n");
    assertThat(names(built.filesOf(context, context()))).containsExactly("a/", "a/inside");
    write("FROM more\nCOPY Containerfile /\n");
    assertThat(names(built.filesOf(context, context()))).containsExactly("inside", "Containerfile");
  }

  @Test
  void a_further_context_may_be_an_image() throws IOException {
    write("FROM scratch\nCOPY <<X /of-image\nX\n");
    built
        .runOf("-t", "localhost/other", "-t", "oci:" + folder.resolve("l:t"), context())
        .succeeded();
    write("FROM nosuch\nCOPY --from=also /of-image /copied\n");
    for (var place :
        List.of(
            "docker-image://localhost/other",
            "container-image://localhost/other:latest",
            "docker://localhost/other",
            "oci-layout://" + folder.resolve("l:t"))) {
      assertThat(
              names(
                  built.filesOf(
                      "--build-context=nosuch=" + place,
                      "--build-context=also=" + place,
                      context())))
          .containsExactly("of-image", "copied");
    }
  }

  /// Of an image of a list, too, which the layout itself does not name.
  @Test
  void a_further_context_may_be_an_image_of_a_layout_by_its_digest() throws IOException {
    var layout = folder.resolve("l").toString();
    write("FROM scratch\nARG TARGETARCH\nCOPY <<X /of-$TARGETARCH\nX\n");
    var platforms = "--platform=linux/amd64,linux/arm64";
    built.runOf(platforms, "-t", "oci:" + layout + ":list", context()).succeeded();
    write("FROM scratch\nCOPY <<X /other\nX\n");
    built.runOf("-t", "oci:" + layout + ":other", context()).succeeded();
    write("FROM more\n");
    for (var digest : digests(layout).entrySet()) {
      for (var place : List.of("oci-layout://%s@%s", "oci-layout://%s:some@%s")) {
        var more = "--build-context=more=" + place.formatted(layout, digest.getValue());
        assertThat(names(built.filesOf("--platform=linux/" + digest.getKey(), more, context())))
            .containsExactly("of-" + digest.getKey());
      }
    }
    var none = "sha256:" + "0".repeat(64);
    assertThat(
            built
                .runOf("--build-context=more=oci-layout://" + layout + "@" + none, context())
                .failed()
                .stderr())
        .contains("open oci:%s:@%s: no manifest has this digest there".formatted(layout, none));
    assertThat(
            built
                .runOf("--build-context=more=oci-layout://" + layout + "@sha256:0", context())
                .failed()
                .stderr())
        .contains("sha256:0");
  }

  /// Of the images of a list, by architecture.
  private static Map<String, String> digests(String layout) throws IOException {
    var index = Json.readTree(Files.readAllBytes(Path.of(layout, "index.json")), "index");
    var list = Digest.parse(index.at("/manifests/0/digest").asText());
    var bytes = Files.readAllBytes(Path.of(layout, "blobs/sha256", list.hex()));
    var all = new TreeMap<String, String>();
    for (var member : Json.readTree(bytes, "list").path("manifests")) {
      all.put(member.at("/platform/architecture").asText(), member.path("digest").asText());
    }
    return all;
  }

  @Test
  @Tag("tool")
  void a_further_context_may_be_an_archive_or_a_repository() throws IOException {
    pack("czf", folder.resolve("web/a.tgz"));
    write("FROM scratch\nCOPY --from=more file /\n");
    try (var web = WebServer.of(folder.resolve("web"));
        var repository = GitRepository.in(folder)) {
      assertThat(names(built.filesOf("--build-context=more=" + web.url("a.tgz"), context())))
          .containsExactly("file");
      assertThat(names(built.filesOf("--build-context=more=" + repository.url(), context())))
          .containsExactly("file");
      Files.writeString(folder.resolve("web/no"), "x");
      assertThat(built.runOf("--build-context=more=" + web.url("no"), context()).stderr())
          .contains("neither an archive nor a Git repository");
    }
    assertThat(built.runOf("--build-context=more=/nosuch", context()).stderr())
        .contains("open build context \"/nosuch\": ");
    assertThat(built.runOf("--build-context=more", context()).stderr())
        .contains("--build-context \"more\": expected NAME=PLACE");
  }

  @Test
  @Tag("tool")
  void cpp_reads_files_that_end_with_in() throws IOException {
    Tool.required("cpp");
    Files.writeString(folder.resolve("context/common"), "LABEL common=NAME\n");
    Files.writeString(
        folder.resolve("context/Containerfile.in"),
        """
        # A comment that is no directive
        #define BASE scratch
        FROM BASE
        #include "common"
        #ifdef MORE
        COPY common /more
        #endif
        COPY common /
        """);
    var file = folder.resolve("context/Containerfile.in").toString();
    var outcome = built.runOf("--cpp-flag=-DNAME=x", "-f", file, context()).succeeded();
    assertThat(outcome.stdout()).contains("STEP 2/3: LABEL common=x", "STEP 3/3: COPY common /");
    assertThat(built.runOf("--cpp-flag=-DMORE", "-f", file, context()).succeeded().stdout())
        .contains("STEP 3/4: COPY common /more");
    Files.delete(folder.resolve("context/common"));
    assertThat(built.runOf("-f", file, context()).stderr())
        .contains("cpp: ", "No such file or directory")
        .hasLineCount(1);
  }

  private void pack(String flags, Path archive) {
    var packed = folder.resolve("packed").toString();
    Tool.required("tar").run(flags, archive.toString(), "-C", packed, ".").succeeded();
  }

  private String fromInput(String script) {
    var launcher = Launcher.BUILDAH_J.script().toString();
    return Tool.required("sh").output("-c", script, launcher, folder.toString());
  }

  private static List<String> names(List<String> files) {
    return files.stream().map(line -> line.split(" ", 3)[2]).toList();
  }

  private void write(String containerfile) throws IOException {
    Files.writeString(folder.resolve("context/Containerfile"), containerfile);
  }

  private String context() {
    return built.context().toString();
  }
}
