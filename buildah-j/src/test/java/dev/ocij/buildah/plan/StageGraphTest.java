package dev.ocij.buildah.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageGraphTest {
  private static final String FOUR =
      """
      FROM a AS one
      FROM b AS two
      COPY --from=one /x /x
      FROM c AS unused
      FROM two
      RUN --mount=type=bind,from=0,target=/m true
      """;

  @Test
  void leaves_out_stages_that_the_target_does_not_need() {
    assertThat(Plans.graph(FOUR).order()).extracting(Stage::index).containsExactly(0, 1, 3);
  }

  @Test
  void what_a_stage_leaves_for_others_is_needed_by_these() {
    var graph =
        Plans.graph(
            "FROM a AS x\nFROM b AS f\nONBUILD ENV S=x\nONBUILD COPY --from=$S /a /a\nFROM f\n");
    assertThat(graph.order()).extracting(Stage::index).containsExactly(0, 1, 2);
    assertThat(Plans.graph("FROM a AS x\nFROM b AS f\nONBUILD COPY --from=x /a /a\n").order())
        .extracting(Stage::index)
        .containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({"one, 0", "TWO, 0 1", "2, 2"})
  void builds_the_target(String target, String order) {
    var graph = Plans.graph(FOUR, Plans.REQUEST.withTarget(target));
    assertThat(graph.order().stream().map(s -> "" + s.index()).toList())
        .containsExactly(order.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          FROM scratch           | Scratch[]
          FROM alpine:3          | OfImage[reference=alpine:3, help=]
          FROM one               | OfStage[index=0]
          FROM ONE               | OfStage[index=0]
          FROM ctx               | NamedContext[name=ctx]
          FROM oen               | OfImage[reference=oen, help=did you mean "one"?]
          FROM $G                | OfImage[reference=image, help=]
          FROM ${TARGETARCH}/x   | OfImage[reference=amd64/x, help=]
          FROM x-$TARGETSTAGE    | OfImage[reference=x-default, help=]
          """)
  void finds_what_a_stage_starts_with(String from, String origin) {
    var graph =
        Plans.graph(
            "ARG G=image\nFROM a AS one\nFROM c AS ctx\n" + from,
            Plans.REQUEST.withNamedContexts(Map.of("ctx", new Origin.NamedContext("ctx"))));
    assertThat(graph.stages().getLast().base()).hasToString(origin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          one    | OfStage[index=0]
          0      | OfStage[index=0]
          later  | OfStage[index=2]
          busybox| OfImage[reference=busybox, help=]
          ctx    | NamedContext[name=ctx]
          $S     | OfStage[index=0]
          """)
  void finds_what_is_copied_from(String from, String origin) {
    var text =
        "FROM a AS one\nFROM b\nARG S=one\nCOPY --from=%s /a /b\nFROM c AS later\n".formatted(from);
    var request =
        Plans.REQUEST
            .withNamedContexts(Map.of("ctx", new Origin.NamedContext("ctx")))
            .withTarget("1");
    var step = (CopyStep) Plans.steps(text, request).getLast();
    assertThat(step.sources().origin()).hasToString(origin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          FROM a\\nCOPY --from=1 /a /b                        | C:2:13: no stage 1 before this one; this is the first stage
          FROM a\\nFROM b\\nCOPY --from=1 /a /b               | C:3:13: no stage 1 before this one; known are 0 to 0
          FROM a AS x\\nCOPY --from=x /a /b                   | C:1:1: stages need one another: "x" needs "x"; copy from an earlier stage
          FROM a AS x\\nCOPY --from=y /a /b\\nFROM x AS y     | C:3:1: stages need one another: "y" needs "x" needs "y"; copy from an earlier stage
          RUN a                                              | C:1:1: an instruction before the first FROM; only ARG may stand there
          ARG A\\nFROM $A                                     | C:2:6: FROM "$A" names nothing; give the argument a default before the first FROM
          FROM --platform=$A a                               | C:1:17: FROM --platform=$A names nothing; give the argument a default before the first FROM
          ARG A                                              | read Containerfile: no FROM in it; begin with one, as in FROM scratch
          """)
  void refuses(String text, String sentence) {
    assertThatThrownBy(() -> Plans.graph(text.translateEscapes()))
        .isInstanceOf(OciException.class)
        .hasMessage(sentence);
  }

  @Test
  void suggests_a_target() {
    assertThatThrownBy(() -> Plans.graph(FOUR, Plans.REQUEST.withTarget("tow")))
        .hasMessage("build target \"tow\": no such stage; did you mean \"two\"?");
  }

  @Test
  void tells_which_arguments_nobody_consumes() {
    var request =
        Plans.REQUEST.withBuildArguments(
            Map.of(
                "A",
                "1",
                "B",
                "2",
                "http_proxy",
                "p",
                "TARGETARCH",
                "x",
                "BUILDKIT_INLINE_CACHE",
                "1"));
    assertThat(Plans.graph("FROM a\nARG A\n", request).unconsumed()).containsExactly("B");
  }
}
