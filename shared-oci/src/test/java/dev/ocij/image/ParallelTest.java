package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ParallelTest {
  @Test
  void returns_results_in_the_order_of_the_items() throws IOException {
    var second = new CountDownLatch(1);
    var results =
        Parallel.map(
            List.of("a", "b"),
            2,
            item -> {
              if (item.equals("a")) {
                await(second);
              } else {
                second.countDown();
              }
              return item + item;
            });
    assertThat(results).containsExactly("aa", "bb");
  }

  @Test
  void does_as_much_at_once_as_asked_and_no_more() throws IOException {
    var three = new CountDownLatch(3);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    Parallel.map(
        IntStream.range(0, 200).boxed().toList(),
        3,
        item -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          three.countDown();
          await(three);
          running.decrementAndGet();
          return item;
        });
    assertThat(most).hasValue(3);
  }

  @Test
  void is_not_held_up_by_one_slow_item() throws IOException {
    var others = new CountDownLatch(9);
    var results =
        Parallel.map(
            IntStream.range(0, 10).boxed().toList(),
            2,
            item -> {
              if (item == 0) {
                await(others);
              } else {
                others.countDown();
              }
              return item;
            });
    assertThat(results).hasSize(10);
  }

  @Test
  void interrupts_the_others_after_a_failure_and_waits_for_them() {
    var begun = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    var failure = new IOException("no");
    assertThatThrownBy(() ->
            Parallel.map(
                List.of("slow", "fails", "never begun"),
                2,
                item -> {
                  switch (item) {
                    case "slow" -> waitUntilInterrupted(begun, ended);
                    case "fails" -> {
                      await(begun);
                      throw failure;
                    }
                    default -> {}
                  }
                  return item;
                }))
        .isSameAs(failure);
    assertThat(ended).isTrue();
  }

  @Test
  void passes_on_unchecked_failures() {
    var failure = new IllegalStateException();
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(1),
                1,
                _ -> {
                  throw failure;
                }))
        .isSameAs(failure);
  }

  @Test
  void ends_when_the_caller_is_interrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(1),
                1,
                _ -> {
                  await(new CountDownLatch(1));
                  return 1;
                }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void waitUntilInterrupted(CountDownLatch begun, AtomicBoolean ended)
      throws IOException {
    begun.countDown();
    try {
      await(new CountDownLatch(1));
    } finally {
      ended.set(true);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
