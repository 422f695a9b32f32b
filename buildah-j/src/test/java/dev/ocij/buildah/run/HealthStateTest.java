package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Healthcheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthStateTest {
  private static final Instant STARTED = Instant.EPOCH;

  /// A check each second; the time to start lasts two and a half.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0,         healthy,   0
          1,         starting,  0
          1 1,       starting,  0
          1 1 1,     starting,  1
          1 1 1 1,   unhealthy, 2
          0 1,       healthy,   1
          0 1 1,     unhealthy, 2
          0 1 0 1,   healthy,   1
          1 1 1 1 0, healthy,   0
          """)
  void failures_count_after_the_start(String exits, String status, int streak) {
    var check = new Healthcheck(List.of("CMD", "x"), 0, 0, Duration.ofMillis(2500).toNanos(), 0, 2);
    var plan = new HealthPlan(check, "none");
    var health = new Health(Health.STARTING, 0, List.of());
    var time = STARTED;
    for (var exit : exits.split(" ")) {
      time = time.plusSeconds(1);
      var made = new Health.Check(time, time, Integer.parseInt(exit), "");
      health = health.after(made, plan, STARTED);
    }
    assertThat(health.status()).isEqualTo(status);
    assertThat(health.failingStreak()).isEqualTo(streak);
    assertThat(health.log()).hasSizeLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"CMD|a|b, a|b", "CMD-SHELL|exit 1, /bin/sh|-c|exit 1"})
  void a_command_is_one_of_a_shell_or_not(String test, String command) {
    var check = new Healthcheck(List.of(test.split("\\|")), 0, 0, 0, 0, 0);
    assertThat(new HealthPlan(check, "none").command()).containsExactly(command.split("\\|"));
  }
}
