package dev.ocij.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void work_without_a_limit_stays_on_its_thread() {
    assertThat(TimeLimit.run(Duration.ZERO, Thread::currentThread))
        .isSameAs(Thread.currentThread());
  }

  @Test
  void work_in_time_answers_or_fails_as_ever() {
    assertThat(TimeLimit.<String>run(Duration.ofMinutes(1), () -> "done")).isEqualTo("done");
    assertThatThrownBy(() -> TimeLimit.run(Duration.ofMinutes(1), TimeLimitTest::fail))
        .hasMessage("broken");
  }

  @Test
  void work_that_takes_too_long_is_interrupted_and_may_clean_up() {
    var cleaned = new AtomicBoolean();
    assertThatThrownBy(() -> TimeLimit.run(SHORT, () -> waitForEver(cleaned)))
        .isInstanceOf(OciException.class)
        .hasMessage(
            "context deadline exceeded: the command took longer than 50ms, which is its time"
                + " limit");
    assertThat(cleaned).isTrue();
  }

  private static String fail() {
    throw new IllegalStateException("broken");
  }

  private static String waitForEver(AtomicBoolean cleaned) {
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException e) {
      cleaned.set(true);
      throw new IllegalStateException(e);
    }
  }
}
