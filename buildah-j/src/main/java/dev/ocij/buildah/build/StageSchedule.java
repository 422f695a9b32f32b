package dev.ocij.buildah.build;

import dev.ocij.buildah.plan.Stage;
import dev.ocij.image.Parallel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// When stages are built: each as soon as those that it needs are done, some at once.
///
/// @param order each stage behind those that it needs
/// @param atOnce the most that are built at the same time
record StageSchedule(List<Stage> order, int atOnce) {
  /// Builds one stage; ends soon when its thread is interrupted.
  @FunctionalInterface
  interface Work {
    void build(Stage stage) throws IOException;
  }

  /// Whether there may be two at the same time.
  boolean isParallel() {
    return atOnce > 1 && !isChain();
  }

  /// Builds all of them. The first failure stops the others.
  ///
  /// @throws IOException the first failure, when all that had begun has ended
  void run(Work work) throws IOException {
    if (isParallel()) {
      runAtOnce(work);
      return;
    }
    for (var stage : order) {
      work.build(stage);
    }
  }

  private void runAtOnce(Work work) throws IOException {
    var done = order.stream().collect(Collectors.toMap(Stage::index, _ -> new CountDownLatch(1)));
    var turns = new Semaphore(atOnce, true);
    Parallel.map(
        order,
        order.size(),
        stage -> {
          try {
            build(stage, work, done, turns);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("another stage failed");
          }
          return stage;
        });
  }

  /// Waits for other stages first, and only then for its turn.
  private static void build(
      Stage stage, Work work, Map<Integer, CountDownLatch> done, Semaphore turns)
      throws IOException, InterruptedException {
    for (var needed : stage.needs()) {
      latch(done, needed).await();
    }
    turns.acquire();
    try {
      work.build(stage);
    } finally {
      turns.release();
    }
    latch(done, stage.index()).countDown();
  }

  private static CountDownLatch latch(Map<Integer, CountDownLatch> done, int index) {
    return Objects.requireNonNull(done.get(index));
  }

  /// Whether each needs the one before it.
  private boolean isChain() {
    return IntStream.range(1, order.size())
        .allMatch(i -> order.get(i).needs().contains(order.get(i - 1).index()));
  }
}
