package dev.ocij.buildah.build;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stages at once, by the launcher. They meet in a cache mount.
@Tag("root")
@Tag("tool")
@Tag("namespace")
@Tag("distribution")
@Timeout(60)
class ParallelStagesTest {
  private static final String TELL = "RUN --mount=type=cache,target=/c touch /c/%s";
  private static final String WAIT =
      "i=0; until [ -e /c/%s ]; do i=$((i+1)); [ $i -lt %d ] || exit 9; sleep 0.1; done";

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    Files.createDirectory(folder.resolve("context"));
  }

  @AfterEach
  void remove() {
    Tool.required("rm").run("-rf", folder.resolve("store").toString()).succeeded();
  }

  @Test
  void stages_wait_for_one_another_and_their_lines_are_told_apart() throws IOException {
    containerfile(
        stage("a", TELL.formatted("a") + "; " + WAIT.formatted("b", 200) + "; echo met by a"),
        stage("b", TELL.formatted("b") + "; " + WAIT.formatted("a", 200) + "; echo met by b"),
        "FROM a\nCOPY --from=b /bin /other");
    assertThat(build().succeeded().stdout().lines())
        .contains("[1/3] met by a", "[2/3] met by b", "[3/3] STEP 1/2: FROM a");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          4,  --quiet
          12, --jobs=0
          """)
  void some_meet_without_a_flag_and_all_where_there_is_no_limit(int count, String option)
      throws IOException {
    var names = IntStream.range(0, count).mapToObj(i -> "s" + i).toList();
    var meeting = names.stream().map(name -> WAIT.formatted(name, 200)).collect(joining("; "));
    var lines = new ArrayList<String>();
    names.forEach(name -> lines.add(stage(name, TELL.formatted(name) + "; " + meeting)));
    lines.add("FROM scratch");
    names.forEach(name -> lines.add("COPY --from=%s /bin/sh /%s".formatted(name, name)));
    containerfile(lines.toArray(String[]::new));
    build(option).succeeded();
  }

  /// `id=$(buildah build -q .)` is what scripts say.
  @Test
  void quiet_the_id_is_all_on_standard_output() throws IOException {
    containerfile(stage("a", "RUN echo told; echo wrong >&2"));
    var outcome = build("-q").succeeded();
    assertThat(outcome.stdout()).matches("[0-9a-f]{64}\n");
    assertThat(outcome.stderr()).isEqualTo("wrong\n");
  }

  @Test
  void with_one_job_they_follow_one_another() throws IOException {
    containerfile(
        stage("a", TELL.formatted("a") + "; echo by a; " + WAIT.formatted("b", 3)),
        stage("b", TELL.formatted("b")),
        "FROM a\nCOPY --from=b /bin /other");
    var outcome = build("--jobs=1");
    assertThat(outcome.status()).isEqualTo(9);
    assertThat(outcome.stdout().lines()).contains("by a").noneMatch(line -> line.contains("[2/3]"));
  }

  @Test
  void a_stage_that_fails_stops_the_others_and_nothing_is_left() throws IOException {
    containerfile(
        stage("a", TELL.formatted("a") + "; " + WAIT.formatted("b", 200) + "; exit 3"),
        stage("b", TELL.formatted("b") + "; sleep 100"),
        "FROM a\nCOPY --from=b /bin /other");
    var outcome = build("-t", "x");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.stderr())
        .contains("\nError: building at STEP \"RUN --mount=type=cache")
        .endsWith(": exit status 3\n")
        .hasLineCount(5);
    assertThat(folder.resolve("store/containers").toFile().list()).containsExactly(".lock");
    assertThat(folder.resolve("store/images/index.json")).doesNotExist();
  }

  private Outcome build(String... options) {
    var line = new ArrayList<>(List.of("--root", folder.resolve("store").toString(), "build"));
    line.addAll(List.of(options));
    line.add(folder.resolve("context").toString());
    return Launcher.BUILDAH_J.run(line.toArray(String[]::new));
  }

  private String stage(String name, String step) {
    return "FROM oci:%s:base AS %s\n%s".formatted(folder.resolve("base"), name, step);
  }

  private void containerfile(String... stages) throws IOException {
    Files.writeString(folder.resolve("context/Containerfile"), String.join("\n", stages) + "\n");
  }
}
