package dev.ocij.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {

  private final Tool shell = Tool.required("sh");

  @Test
  void tells_how_a_run_ended() {
    var outcome = shell.run("-c", "echo out; echo err >&2; exit 3");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.stdout()).isEqualTo("out\n");
    assertThat(outcome.stderr()).isEqualTo("err\n");
  }

  @Test
  void a_run_that_should_have_succeeded_says_why_it_did_not() {
    assertThatThrownBy(() -> shell.output("-c", "echo no such thing >&2; exit 1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no such thing");
  }

  @Test
  void runs_in_a_folder_with_variables_and_nothing_on_standard_input(@TempDir Path folder) {
    var run = shell.with("-c", "cat; pwd; echo $COLOUR").in(folder).with(Map.of("COLOUR", "blue"));
    assertThat(run.outcome().stdout()).isEqualTo(folder + "\nblue\n");
  }

  @Test
  void ends_what_takes_too_long() {
    var run = shell.with("-c", "sleep 60").within(Duration.ofMillis(100));
    assertThatThrownBy(run::outcome)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("still running");
  }

  @Test
  void finds_no_tool_that_is_not_there() {
    assertThat(Tool.find("no-such-tool")).isEmpty();
  }

  @Test
  void a_missing_tool_skips_the_test_or_fails_it_where_all_are_required() {
    assertThatThrownBy(() -> Tool.required("no-such-tool"))
        .hasMessageContaining("no-such-tool is not installed: apt-get install no-such-tool");
  }
}
