package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LockPatienceTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LockPatience patience = new LockPatience(Duration.ofNanos(100), nanos::get);

  @Test
  void is_over_once_where_one_holder_has_it_all_the_time() throws IOException {
    assertThat(over(50, "a")).isFalse();
    assertThat(over(51, "a")).isFalse();
    assertThat(over(101, "a")).isFalse();
    assertThat(over(102, "a")).isTrue();
    assertThat(over(1000, "a")).isFalse();
  }

  @Test
  void is_not_over_while_it_goes_from_hand_to_hand() throws IOException {
    for (int i = 0; i < 100; i++) {
      assertThat(over(i * 20L, "process " + i)).isFalse();
    }
    assertThat(over(2000, "one")).isFalse();
    assertThat(over(2051, "one")).isTrue();
  }

  private boolean over(long time, String holder) throws IOException {
    nanos.set(time);
    return patience.isOver(() -> holder);
  }
}
