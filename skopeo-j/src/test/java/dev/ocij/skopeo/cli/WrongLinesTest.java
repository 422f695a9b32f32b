package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told where a line cannot be meant, in the words that scripts look for.
class WrongLinesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          copy dir:a             | Exactly two arguments expected
          copy dir:a dir:b dir:c | Exactly two arguments expected
          sync -s dir -d docker a | Exactly two arguments expected
          list-tags              | Exactly one non-option argument expected
          """)
  void the_help_comes_before_the_number_of_arguments(String line, String sentence) {
    var outcome = SkopeoLine.run(line.split(" ")).failed();
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr())
        .contains("Usage:\n  skopeo-j " + line.substring(0, 4))
        .endsWith("level=fatal msg=\"" + sentence + "\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          inspect                | Exactly one argument expected
          inspect a b            | Exactly one argument expected
          delete                 | Usage: delete imageReference
          manifest-digest        | Usage: skopeo manifest-digest manifest
          standalone-sign a      | Usage: skopeo standalone-sign manifest docker-reference key-fingerprint -o signature
          standalone-verify a    | Usage: skopeo standalone-verify manifest docker-reference key-fingerprint signature
          copy --additional-tag x dir:a docker-archive:b | additional-tag 'x' must be a tagged reference
          copy --image-parallel-copies=-1 dir:a dir:b | invalid argument \\"-1\\" for \\"--image-parallel-copies\\" flag: strconv.ParseUint: parsing \\"-1\\": invalid syntax
          login -u a localhost:1 | getting username and password: reading password: standard input is no terminal; use --password-stdin
          list-tags docker://localhost:1/a:b | No tag or digest allowed in reference
          copy --format= dir:a dir:b | unknown format \\"\\". Choose one of the supported formats: 'oci', 'v2s1', or 'v2s2'
          --insecure-policy copy --sign-by=0 --sign-identity=e.org/x dir:a dir:b | Sign identity must be a fully specified reference \\"e.org/x\\"
          --insecure-policy copy --sign-by=0 --sign-identity=e.org/X:y dir:a dir:b | Could not parse --sign-identity: invalid reference format: \\"e.org/X\\"; names are in lower case
          """)
  void one_sentence_tells(String line, String sentence) {
    assertThat(SkopeoLine.run(line.split(" ")).failed().stderr())
        .hasLineCount(1)
        .endsWith("level=fatal msg=\"" + sentence + "\"\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy --nope dir:a dir:b",
        "copy --nope=1 dir:a dir:b",
        "copy -x dir:a dir:b",
        "copy --all=maybe dir:a dir:b",
        "copy dir:a dir:b --format",
        "copy dir:a dir:b --retry-times=x",
        "copy dir:a dir:b --dest-compress-level=x",
        "--nope"
      })
  @Tag("tool")
  void a_wrong_option_is_told_as_skopeo_does(String line) {
    var theirs = Tool.required("skopeo").run(line.split(" ")).failed().stderr();
    assertThat(message(SkopeoLine.run(line.split(" ")).failed().stderr()))
        .isEqualTo(message(theirs));
  }

  /// Without the time.
  private static String message(String line) {
    return line.substring(line.indexOf("level="));
  }

  @Test
  void a_command_that_there_is_not_is_named() {
    assertThat(SkopeoLine.run("nonsense").failed().stderr())
        .endsWith(
            "msg=\"Unrecognized command `skopeo-j nonsense`\\nTry 'skopeo-j --help' for more"
                + " information\"\n");
    assertThat(SkopeoLine.run().failed().stderr())
        .endsWith(
            "msg=\"Missing command 'skopeo-j COMMAND'\\nTry 'skopeo-j --help' for more"
                + " information\"\n");
    assertThat(SkopeoLine.run("--debug").failed().stderr()).contains("Missing command");
  }

  @Test
  void the_word_help_is_the_help() {
    assertThat(SkopeoLine.run("help").succeeded().stdout())
        .isEqualTo(SkopeoLine.run("--help").succeeded().stdout())
        .contains("copy", "list-tags");
    assertThat(SkopeoLine.run("help", "copy").succeeded().stdout())
        .isEqualTo(SkopeoLine.run("copy", "--help").succeeded().stdout())
        .contains("--dest-compress");
  }

  /// As skopeo has it: no failure, and nothing on standard output.
  @Test
  void help_of_nothing_tells_what_there_is() {
    var outcome = SkopeoLine.run("help", "nothing", "more").succeeded();
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr())
        .startsWith("Unknown help topic [`nothing` `more`]\n")
        .endsWith(SkopeoLine.run("--help").stdout());
  }
}
