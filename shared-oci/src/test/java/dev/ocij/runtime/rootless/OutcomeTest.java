package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OutcomeTest {
  private final Outcome<String> outcome = new Outcome<>();

  @Test
  void waits_for_the_value_of_another_thread() throws InterruptedException {
    assertThat(outcome.isKnown()).isFalse();
    Thread.ofPlatform().start(() -> outcome.complete("here"));
    assertThat(outcome.await()).isEqualTo("here");
    assertThat(outcome.isKnown()).isTrue();
  }

  @Test
  void throws_here_what_failed_there() {
    var failure = StartException.reported(127, "not found");
    outcome.fail(failure);
    assertThatThrownBy(outcome::awaitCalmly).isSameAs(failure);
  }

  @Test
  void waits_on_where_it_is_interrupted() {
    Thread.currentThread().interrupt();
    Thread.ofPlatform().start(() -> outcome.complete("here"));
    assertThat(outcome.awaitCalmly()).isEqualTo("here");
    assertThat(Thread.interrupted()).isTrue();
  }
}
