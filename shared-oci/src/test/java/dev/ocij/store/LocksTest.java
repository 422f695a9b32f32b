package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.image.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {
  @TempDir Path folder;

  @Test
  void one_thread_at_a_time_holds_an_exclusive_lock() throws IOException {
    var inside = new AtomicInteger();
    var rounds = IntStream.range(0, 100).boxed().toList();
    List<Integer> seen =
        Parallel.map(
            rounds,
            8,
            _ -> {
              try (var _ = Locks.exclusive(file())) {
                int now = inside.incrementAndGet();
                Thread.onSpinWait();
                inside.decrementAndGet();
                return now;
              }
            });
    assertThat(seen).containsOnly(1);
  }

  @Test
  void shared_locks_keep_an_exclusive_one_away_until_the_last_is_closed() throws IOException {
    var one = Locks.shared(file());
    var two = Locks.shared(file());
    assertThat(Locks.tryExclusive(file())).isEmpty();
    one.close();
    one.close();
    assertThat(Locks.tryExclusive(file())).isEmpty();
    two.close();
    try (var held = Locks.tryExclusive(file()).orElseThrow()) {
      assertThat(Locks.tryExclusive(file())).isEmpty();
      assertThat(held).isNotNull();
    }
  }

  private Path file() {
    return folder.resolve("lock");
  }
}
