package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.buildah.build.Miss;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.Platform;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepLinesTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter aside = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          UNKNOWN,  1449, '1.4s, not cached: it was not done before'
          CHANGED,  0,    '0.0s, not cached: what it reads has changed'
          UNWANTED, 61000, '61.0s, not cached: none that is remembered is wanted'
          """)
  void who_watches_sees_how_long_a_step_took_and_why_it_was_done(
      Miss why, long milliseconds, String line) {
    var lines = lines(true);
    lines.missed(stage(), 2, why);
    lines.done(stage(), 2, Duration.ofMillis(milliseconds));
    assertThat(out).hasToString("[1/2] --> " + line + "\n");
    assertThat(aside).hasToString("");
  }

  @ParameterizedTest
  @CsvSource({
    "CHANGED, '--> Not cached: what it reads has changed\n'",
    "OLD,     '--> Not cached: it was done longer ago than --cache-ttl allows\n'",
    "GONE,    '--> Not cached: its layer is not in the store any more\n'",
    "UNKNOWN, ''",
    "BELOW,   ''"
  })
  void elsewhere_only_what_may_surprise_is_told_and_none_of_it_among_buildah_s_lines(
      Miss why, String told) {
    var lines = lines(false);
    lines.missed(stage(), 1, why);
    lines.done(stage(), 1, Duration.ofSeconds(2));
    assertThat(out).hasToString("");
    assertThat(aside).hasToString(told);
  }

  private StepLines lines(boolean watched) {
    return new StepLines(new PrintWriter(out), new PrintWriter(aside), List.of(), watched);
  }

  private static Stage stage() {
    var instructions = Instruction.parseAll(Containerfile.parse("C", "FROM scratch\n"));
    var request = PlanRequest.of(Platform.parse("linux/amd64"));
    return StageGraph.of(instructions, request).order().getFirst();
  }
}
