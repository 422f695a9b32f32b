package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.runtime.IdMap;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.ProjectFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// No flag of `buildah build` is unknown, and none is passed over in silence: what it does not do
/// here stands on the page about that.
class BuildFlagsTest {
  @TempDir Path folder;

  /// A line of build-flags.txt.
  record Given(String flag, String outcome) {
    static Given parse(String line) {
      var words = line.split(" +");
      return new Given(words[0], words[1]);
    }

    /// As pages name it.
    String name() {
      return flag.startsWith("--") ? flag.replaceFirst("=.*", "") : flag.substring(0, 2);
    }

    boolean isLong() {
      return flag.startsWith("--");
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    var context = Files.createDirectory(folder.resolve("context"));
    Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY f /\n");
    Files.writeString(context.resolve("f"), "f\n");
    Files.writeString(folder.resolve("args"), "A=1\n");
    Files.writeString(folder.resolve("auth"), "{}\n");
    Files.writeString(folder.resolve("sources"), "{\"rules\":[]}\n");
    Files.writeString(
        folder.resolve("policy"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}\n");
  }

  @ParameterizedTest
  @MethodSource("all")
  void does_what_the_table_says(Given given) {
    var outcome = build(given.flag());
    assertThat(outcome.stderr()).doesNotContain("unknown flag", "unknown shorthand flag");
    boolean rootless = IdMap.ofProcess("uid").size() < 4294967295L;
    switch (given.outcome().replace("rootless", rootless ? "accepted" : "later")) {
      case "done", "accepted" ->
          assertThat(outcome.succeeded().stdout()).containsPattern("[0-9a-f]{64}\n$");
      case "later" -> {
        assertThat(outcome.status()).isEqualTo(125);
        assertThat(outcome.stderr()).startsWith("Error: --").contains(" is not implemented yet");
      }
      case "refused" -> assertThat(outcome.status()).isEqualTo(125);
      default -> throw new AssertionError(given);
    }
  }

  @Test
  void the_page_names_what_changes_nothing_and_what_is_missing() throws IOException {
    var page = Files.readString(ProjectFolder.root().resolve("docs/compatibility-buildah.md"));
    for (var outcome : List.of("accepted", "rootless", "later")) {
      var wanted = new TreeSet<String>();
      all().stream()
          .filter(given -> given.outcome().equals(outcome) && given.isLong())
          .forEach(given ->
              wanted.add(given.flag().matches("--u.*=private") ? given.flag() : given.name()));
      assertThat(listed(page, outcome)).isEqualTo(wanted);
    }
  }

  /// The flags in the rows of the page that say `outcome`.
  private static Set<String> listed(String page, String outcome) {
    var names = new TreeSet<String>();
    page.lines()
        .filter(line -> line.startsWith("| `--") && line.contains("| " + outcome + " |"))
        .forEach(line ->
            Pattern.compile("`(--[^`]+)`")
                .matcher(line.substring(0, line.indexOf("| " + outcome)))
                .results()
                .forEach(found -> names.add(found.group(1))));
    return names;
  }

  @Test
  @Tag("tool")
  void the_table_has_all_flags_of_the_installed_buildah() throws IOException {
    var help = Tool.required("buildah").output("bud", "--help");
    var theirs = new TreeSet<String>();
    Pattern.compile("(?m)^ +(?:-., )?(--[a-z-]+)")
        .matcher(help)
        .results()
        .forEach(found -> theirs.add(found.group(1)));
    theirs.remove("--help");
    assertThat(theirs).hasSizeGreaterThan(70);
    assertThat(all().stream().map(Given::name)).containsAll(theirs);
  }

  @ParameterizedTest
  @CsvSource({
    "--memory=much,      a number and b",
    "--memory-swap=1x,   a number and b",
    "--cpu-quota=half,   a number",
    "--cpuset-cpus=all,  'numbers, as 0-2,4'"
  })
  void limits_that_make_no_sense_are_refused(String flag, String expected) {
    assertThat(build(flag).failed().stderr())
        .isEqualTo(
            "Error: %s \"%s\": expected %s\n"
                .formatted(
                    flag.substring(0, flag.indexOf('=')),
                    flag.substring(flag.indexOf('=') + 1),
                    expected.startsWith("a number and") ? expected + ", k, m or g" : expected));
  }

  @Test
  void limits_are_kept_or_the_obstacle_is_told_once() {
    var outcome = build("--memory=64m").succeeded();
    assertThat(outcome.stderr())
        .satisfiesAnyOf(
            told -> assertThat(told).doesNotContain("limits"),
            told ->
                assertThat(told)
                    .containsOnlyOnce(
                        "[Warning] limits of memory and processors are not set: no control group"
                            + " of version 2 is delegated to this process (")
                    .contains("); systemd-run --user --scope -p Delegate=yes gives one\n"));
  }

  static List<Given> all() throws IOException {
    try (var in = BuildFlagsTest.class.getResourceAsStream("build-flags.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("-"))
          .map(Given::parse)
          .toList();
    }
  }

  private Outcome build(String flag) {
    var filled = flag;
    for (var name : List.of("context", "args", "auth", "sources", "policy", "out", "tree")) {
      filled = filled.replace("{" + name + "}", folder.resolve(name).toString());
    }
    var line = new ArrayList<>(List.of("build"));
    line.add(filled);
    line.add(folder.resolve("context").toString());
    return new InProcess(folder.resolve("store")).run(line.toArray(String[]::new));
  }
}
