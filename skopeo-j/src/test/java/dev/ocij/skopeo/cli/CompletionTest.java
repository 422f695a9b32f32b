package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.CompletedLine;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lines that shells complete by our scripts: words for the last one, or nothing where it is a
/// file.
@Tag("tool")
class CompletionTest {
  private static final String LINES =
      """
      skopeo-j cop                    | copy
      skopeo-j ins                    | inspect
      skopeo-j copy --src-t           | --src-tls-verify
      skopeo-j copy --insecure-pol    | --insecure-policy
      skopeo-j --policy copy ins      | inspect
      skopeo-j --debug copy --dest-oci | --dest-oci-accept-uncompressed-layers
      skopeo-j copy --authfile --all  | ''
      skopeo-j copy --nothing         | ''
      """;

  /// What zsh would do with the words stands here in its place.
  private static final String ZSH =
      """
      compdef() {}
      _files() {}
      _describe() { print -l -- "${(@M)${(@P)2}:#$words[CURRENT]*}" }
      . "$0"
      words=("$@") CURRENT=$#
      _skopeo_j
      """;

  private static final String FISH = "source $argv[1]; complete -C \"$argv[2]\"";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = LINES)
  void bash_completes(String line, String word) throws IOException {
    var script = SkopeoLine.run("completion", "bash").succeeded().stdout();
    assertThat(String.join(" ", CompletedLine.of(script, line))).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = LINES)
  void zsh_completes(String line, String word) throws IOException {
    var found = answer(arguments(List.of("-f", "-c", ZSH, script("zsh")), line), "zsh");
    assertThat(found.replaceFirst(":.*", "")).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = LINES)
  void fish_completes(String line, String word) throws IOException {
    var found = answer(List.of("-c", FISH, script("fish"), line), "fish");
    assertThat(found.replaceFirst("\t.*", "")).isEqualTo(word);
  }

  @Test
  void words_come_without_what_they_do_where_that_is_asked_for() {
    assertThat(SkopeoLine.run("completion", "zsh").stdout()).contains("Show what an image is");
    assertThat(SkopeoLine.run("completion", "--no-descriptions", "zsh").stdout())
        .contains("inspect\n")
        .doesNotContain("Show what an image is");
  }

  @ParameterizedTest
  @CsvSource({"powershell, not implemented yet", "ksh, unknown shell"})
  void another_shell_is_refused(String shell, String why) {
    var outcome = SkopeoLine.run("completion", shell);
    assertThat(outcome.failed().stderr()).contains(why, "bash, zsh and fish");
  }

  private String script(String shell) throws IOException {
    var text = SkopeoLine.run("completion", shell).succeeded().stdout();
    return Files.writeString(folder.resolve("script"), text).toString();
  }

  private static List<String> arguments(List<String> first, String line) {
    var all = new ArrayList<>(first);
    all.addAll(List.of(line.split(" ")));
    return all;
  }

  /// @return the first line that it prints
  private static String answer(List<String> arguments, String shell) {
    return Tool.required(shell)
        .output(arguments.toArray(String[]::new))
        .lines()
        .findFirst()
        .orElse("");
  }
}
