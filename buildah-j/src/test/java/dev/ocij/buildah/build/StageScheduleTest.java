package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class StageScheduleTest {
  private static final String DIAMOND =
      """
      FROM scratch AS base
      FROM base AS left
      FROM base AS right
      FROM scratch
      COPY --from=left /a /
      COPY --from=right /b /
      """;

  @Test
  void independent_stages_are_built_at_once_and_behind_those_that_they_need() throws IOException {
    var both = new CyclicBarrier(2);
    var ended = Collections.synchronizedList(new ArrayList<Integer>());
    schedule(DIAMOND, 2)
        .run(stage -> {
          if (stage.index() == 1 || stage.index() == 2) {
            meet(both);
          }
          ended.add(stage.index());
        });
    assertThat(ended).startsWith(0).endsWith(3).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void no_more_are_built_at_once_than_is_allowed() throws IOException {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var text = "FROM scratch AS a\nFROM scratch AS b\nFROM scratch AS c\nFROM scratch AS d\n";
    schedule(text + "FROM scratch\n" + copies("a", "b", "c", "d"), 2)
        .run(_ -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          pause();
          now.decrementAndGet();
        });
    assertThat(most).hasValue(2);
  }

  @Test
  void a_failure_stops_the_others_and_is_told_when_they_have_ended() {
    var begun = new CountDownLatch(1);
    var ended = new AtomicInteger();
    var schedule = schedule(DIAMOND, 2);
    assertThatThrownBy(() ->
            schedule.run(stage -> {
              if (stage.index() == 1) {
                await(begun);
                throw new IOException("its own");
              }
              if (stage.index() == 2) {
                begun.countDown();
                sleepUntilInterrupted();
                ended.incrementAndGet();
              }
            }))
        .isInstanceOf(IOException.class)
        .hasMessage("its own");
    assertThat(ended).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FROM scratch                                                         | 4 | false
          FROM scratch AS a;FROM a AS b;FROM b                                 | 4 | false
          FROM scratch AS a;FROM scratch AS b;FROM a;COPY --from=b / /         | 4 | true
          FROM scratch AS a;FROM scratch AS b;FROM a;COPY --from=b / /         | 1 | false
          FROM scratch AS a;FROM scratch AS unused;FROM a                      | 4 | false
          """)
  void stages_that_follow_one_another_are_not_parallel(String text, int atOnce, boolean parallel) {
    assertThat(schedule(text.replace(';', '\n'), atOnce).isParallel()).isEqualTo(parallel);
  }

  private static StageSchedule schedule(String text, int atOnce) {
    var instructions = Instruction.parseAll(Containerfile.parse("Containerfile", text));
    var request = PlanRequest.of(Platform.parse("linux/amd64"));
    return new StageSchedule(StageGraph.of(instructions, request).order(), atOnce);
  }

  private static String copies(String... stages) {
    var lines = List.of(stages).stream().map("COPY --from=%s / /%n"::formatted).toList();
    return String.join("", lines);
  }

  private static void meet(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException("nobody came", e);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void sleepUntilInterrupted() throws IOException {
    try {
      // Ends by the interrupt; the time is the limit after which the test fails.
      Thread.sleep(20_000);
    } catch (InterruptedException _) {
      // This is the end that the test waits for.
      return;
    }
    throw new IOException("nobody stopped it");
  }

  private static void pause() throws IOException {
    try {
      // Long enough for the others to begin, whose order is what is looked at.
      Thread.sleep(30);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
