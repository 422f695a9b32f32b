package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Digest;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `build --source-policy-file`, with images of the store and servers on the loopback interface.
class SourcePolicyFlagTest {
  private static final String ZEROS = "0".repeat(64);
  private static final String OTHER =
      """
      {"action":"CONVERT","selector":{"identifier":"docker-image://localhost/base:1"},\
      "updates":{"identifier":"docker-image://localhost/other:1"}}\
      """;

  @TempDir private Path folder;
  @AutoClose private WebServer web;
  private InProcess buildah;
  private BuiltFiles built;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("web"));
    Files.writeString(folder.resolve("web/one"), "1");
    Files.writeString(folder.resolve("web/two"), "22");
    web = WebServer.of(folder.resolve("web"));
    buildah = new InProcess(folder.resolve("store"));
    built = new BuiltFiles(folder);
    for (var name : List.of("base", "other")) {
      var context = Files.createDirectory(folder.resolve(name));
      Files.writeString(context.resolve(name), name);
      Files.writeString(
          context.resolve("Containerfile"), "FROM scratch\nCOPY %s /\n".formatted(name));
      buildah.output("build", "-q", "-t", "localhost/" + name + ":1", context.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FROM localhost/base:1                        | other
          FROM scratch;COPY --from=localhost/base:1 / /a/ | a/,a/other
          FROM named                                   | other
          """)
  void an_image_is_taken_in_place_of_another(String lines, String files) throws IOException {
    assertThat(files(List.of(OTHER), lines.split(";"))).containsExactly(files.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FROM localhost/base:1                           | 1
          FROM scratch;COPY --from=localhost/base:1 / /a/ | 2
          FROM named                                      | 1
          """)
  void a_denied_image_ends_the_build_where_it_is_named(String lines, int line) throws IOException {
    var outcome = build(List.of(rule("DENY", "docker-image://localhost/*")), lines.split(";"));
    assertThat(outcome.failed().stderr())
        .contains(
            "take docker-image://localhost/base:1: denied by rule 1 of " + folder.resolve("policy"),
            "Containerfile:" + line);
    assertThat(
            build(
                    List.of(rule("DENY", "*"), rule("ALLOW", "docker-image://localhost/base:*")),
                    lines.split(";"))
                .status())
        .isZero();
  }

  /// Each platform of a build is judged, and what the policy has in place of a base tells which
  /// there are.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --platform=linux/amd64,linux/arm64 | amd64 arm64
          --platform=linux/arm64             | arm64
          --all-platforms                    | amd64 arm64
          """)
  void bases_of_all_platforms_are_judged(String platforms, String architectures)
      throws IOException {
    Files.writeString(
        folder.resolve("other/Containerfile"),
        "FROM scratch\nARG TARGETARCH\nCOPY other /$TARGETARCH\n");
    buildah.output(
        "build",
        "-q",
        "--platform=linux/amd64,linux/arm64",
        "--manifest=localhost/other:1",
        folder.resolve("other").toString());
    write(List.of(OTHER), "FROM localhost/base:1", "COPY Containerfile /");
    var out = "oci:" + folder.resolve("out") + ":x";
    built.runOf(with(platforms, "-t", out)).succeeded();
    for (var architecture : architectures.split(" ")) {
      Files.writeString(folder.resolve("other/Containerfile"), "FROM " + out + "\n");
      var tree = folder.resolve("tree-" + architecture);
      buildah.output(
          "build",
          "-q",
          "--platform=linux/" + architecture,
          "-o",
          tree.toString(),
          folder.resolve("other").toString());
      assertThat(tree).isDirectoryContaining("glob:**/" + architecture);
    }
    var denied = rule("DENY", "docker-image://localhost/*");
    write(List.of(denied), "FROM localhost/base:1");
    assertThat(built.runOf(with(platforms, "-t", out)).failed().stderr())
        .contains("take docker-image://localhost/base:1: denied by rule 1");
  }

  @Test
  @Tag("root")
  @Tag("tool")
  @Tag("namespace")
  void an_image_that_is_mounted_is_judged() throws IOException {
    Require.root();
    Busybox.required().writeLayout(folder.resolve("busybox"), "x");
    var lines =
        new String[] {
          "FROM oci:%s:x".formatted(folder.resolve("busybox")),
          "RUN --mount=from=localhost/base:1,target=/m ls /m >/seen; cp /m/other /copied"
        };
    try {
      write(List.of(OTHER), lines);
      var tree = folder.resolve("tree");
      built.runOf(with("-o", tree.toString())).succeeded();
      assertThat(tree.resolve("seen")).hasContent("other");
      assertThat(tree.resolve("copied")).hasContent("other");
      var denied = rule("DENY", "docker-image://localhost/*");
      assertThat(build(List.of(denied), lines).failed().stderr())
          .contains(
              "take docker-image://localhost/base:1: denied by rule 1 of ", "Containerfile:2");
    } finally {
      Tool.required("rm").run("-rf", folder.resolve("store").toString()).succeeded();
    }
  }

  private String[] with(String... options) {
    var all = new ArrayList<>(List.of(options));
    all.addAll(List.of(line()));
    return all.toArray(String[]::new);
  }

  @Test
  void a_file_of_the_web_is_another_or_has_a_digest() throws IOException {
    var line = "ADD %s /here".formatted(web.url("one"));
    var other =
        """
        {"action":"CONVERT","selector":{"identifier":"*/one"},"updates":{"identifier":"${1}/two"}}\
        """;
    assertThat(files(List.of(other), "FROM scratch", line)).containsExactly("here");
    assertThat(size(List.of(other), line)).isEqualTo(2);
    assertThat(size(List.of(), line)).isEqualTo(1);
    var digest =
        """
        {"action":"CONVERT","selector":{"identifier":"%s"},"updates":{"attrs":{"http.checksum":"sha256:%s"}}}\
        """
            .formatted(web.url("one"), ZEROS);
    assertThat(build(List.of(digest), "FROM scratch", line).failed().stderr())
        .contains("fetch %s: expected sha256:%s, got sha256:".formatted(web.url("one"), ZEROS));
    assertThat(build(List.of(rule("DENY", "http://*")), "FROM scratch", line).failed().stderr())
        .contains("take %s: denied by rule 1".formatted(web.url("one")));
  }

  @Test
  @Tag("tool")
  void a_place_in_a_repository_is_another() throws IOException {
    try (var repository = GitRepository.in(folder)) {
      var place = repository.url().substring("git://".length());
      var rule =
          """
          {"action":"CONVERT","selector":{"identifier":"git://%s"},"updates":{"identifier":"git://%s#first:sub"}}\
          """
              .formatted(place, place);
      assertThat(files(List.of(rule), "FROM scratch", "ADD %s /".formatted(repository.url())))
          .containsExactly("below");
      assertThat(
              build(
                      List.of(rule("DENY", "git://*")),
                      "FROM scratch",
                      "ADD %s#first /".formatted(repository.url()))
                  .failed()
                  .stderr())
          .contains("take git://%s#first: denied by rule 1".formatted(place));
    }
  }

  @Test
  @Tag("tool")
  void a_repository_is_fetched_from_elsewhere() throws IOException {
    try (var _ = GitRepository.in(folder);
        var served = WebServer.of(folder.resolve("served"))) {
      var rule =
          """
          {"action":"CONVERT","selector":{"identifier":"git://git.example/*"},\
          "updates":{"attrs":{"git.fullurl":"%s"}}}\
          """
              .formatted(served.url("a.git"));
      assertThat(
              files(
                  List.of(rule), "FROM scratch", "ADD https://git.example/team/x.git#first:sub /"))
          .containsExactly("below");
    }
  }

  @Test
  void what_is_no_image_cannot_stand_for_one() throws IOException {
    var rule =
        """
        {"action":"CONVERT","selector":{"identifier":"*"},"updates":{"identifier":"https://a.example/x"}}\
        """;
    assertThat(build(List.of(rule), "FROM localhost/base:1").failed().stderr())
        .contains(
            "has https://a.example/x in its place, which is no image",
            "take docker-image://localhost/base:1");
  }

  @Test
  @Timeout(60)
  void a_policy_may_be_a_pipe() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.writeString(folder.resolve("context/Containerfile"), "FROM localhost/base:1\n");
    var writing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Files.writeString(pipe, "{\"rules\":[%s]}".formatted(OTHER));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(built.filesOf("--source-policy-file=" + pipe, built.context().toString()))
        .singleElement()
        .asString()
        .endsWith(" other");
    writing.join();
  }

  @Test
  void one_file_is_fetched_once_whoever_asks_for_a_digest() throws IOException {
    var line = "ADD %s /".formatted(web.url("two"));
    var digest = Digest.of("22".getBytes(StandardCharsets.US_ASCII));
    var checked = "ADD --checksum=%s %s /x/".formatted(digest, web.url("two"));
    build(List.of(), "FROM scratch", line, checked).succeeded();
    assertThat(web.asked()).containsExactly("two");
    var wrong =
        """
        {"action":"CONVERT","selector":{"identifier":"*/two"},"updates":{"attrs":{"http.checksum":"md5:1"}}}\
        """;
    assertThat(build(List.of(wrong), "FROM scratch", line).failed().stderr())
        .contains("fetch %s with the checksum of the source policy: ".formatted(web.url("two")));
  }

  @Test
  void a_policy_that_is_not_there_or_none_ends_the_build() throws IOException {
    Files.writeString(folder.resolve("context/Containerfile"), "FROM scratch\n");
    Files.writeString(folder.resolve("policy"), "[");
    for (var file : List.of("policy", "nosuch")) {
      var outcome =
          built.runOf("--source-policy-file=" + folder.resolve(file), built.context().toString());
      assertThat(outcome.failed().stderr()).contains(folder.resolve(file).toString());
    }
  }

  private List<String> files(List<String> rules, String... lines) throws IOException {
    write(rules, lines);
    return built.filesOf(line()).stream().map(each -> each.split(" ", 3)[2]).toList();
  }

  /// Of the only file of the image.
  private int size(List<String> rules, String line) throws IOException {
    build(rules, "FROM scratch", line).succeeded();
    var out = folder.resolve("out");
    var all = new ArrayList<>(List.of("build", "-q", "-o", "type=local,dest=" + out));
    all.addAll(List.of(line()));
    buildah.output(all.toArray(String[]::new));
    return Math.toIntExact(Files.size(out.resolve("here")));
  }

  private Outcome build(List<String> rules, String... lines) throws IOException {
    write(rules, lines);
    return built.runOf(line());
  }

  private void write(List<String> rules, String... lines) throws IOException {
    Files.writeString(
        folder.resolve("policy"), "{\"rules\":[%s]}".formatted(String.join(",", rules)));
    Files.writeString(folder.resolve("context/Containerfile"), String.join("\n", lines) + "\n");
  }

  private String[] line() {
    return new String[] {
      "--source-policy-file=" + folder.resolve("policy"),
      "--build-context=named=docker-image://localhost/base:1",
      built.context().toString()
    };
  }

  private static String rule(String action, String identifier) {
    return "{\"action\":\"%s\",\"selector\":{\"identifier\":\"%s\"}}".formatted(action, identifier);
  }
}
