package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Health checks, for whichever user a subclass stands for.
abstract class HealthContract extends ContainerContract {
  @Test
  void a_container_is_asked_again_and_again() {
    begin(health("test -e /ok || { echo not yet; exit 1; }", "1s", "2", "none"));
    assertThat(podman("wait", "--condition", "unhealthy", "c").succeeded().stdout())
        .isEqualTo("-1\n");
    assertThat(podman("ps", "--format", "{{.Status}}").stdout()).matches("Up .* \\(unhealthy\\)\n");
    var asked = podman("healthcheck", "run", "c");
    assertThat(asked.status()).isEqualTo(1);
    assertThat(asked.stdout()).isEqualTo("unhealthy\n");
    var log = "{{range .State.Health.Log}}{{.ExitCode}} {{.Output}}{{end}}";
    assertThat(podman("inspect", "-f", log, "c").stdout()).startsWith("1 not yet\n1 not yet\n");
    podman("exec", "c", "touch", "/ok").succeeded();
    assertThat(podman("healthcheck", "run", "c").status()).isZero();
    assertThat(
            podman("inspect", "-f", "{{.State.Health.Status}} {{.State.Health.FailingStreak}}", "c")
                .stdout())
        .isEqualTo("healthy 0\n");
    assertThat(podman("ps", "--filter", "health=healthy", "--format", "{{.Names}}").stdout())
        .isEqualTo("c\n");
  }

  @Test
  void an_unwell_one_is_killed_or_begins_again() {
    var killed = podman(run(List.of("--rm"), health("exit 1", "500ms", "1", "kill")));
    assertThat(killed.status()).isEqualTo(137);
    begin(health("exit 1", "500ms", "1", "restart"));
    String restarts = "0";
    for (int i = 0; i < 40 && restarts.equals("0"); i++) {
      restarts = podman("inspect", "-f", "{{.RestartCount}}", "c").stdout().strip();
    }
    assertThat(restarts).isNotEqualTo("0");
  }

  @Test
  void a_check_that_takes_too_long_has_failed() {
    begin(health("sleep 60", "0", "1", "none"), "--health-timeout", "1s");
    assertThat(podman("healthcheck", "run", "c").status()).isEqualTo(1);
    assertThat(podman("inspect", "-f", "{{(index .State.Health.Log 0).Output}}", "c").stdout())
        .isEqualTo("the check took longer than 1000 ms\n");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThat(podman("run", "--health-retries", "0", store().image(), "true").stderr())
        .contains("--health-retries 0: it is at least 1");
    assertThat(podman("run", "--health-on-failure", "cry", store().image(), "true").stderr())
        .contains("invalid --health-on-failure \"cry\"");
    podman("create", "--name", "c", "--health-cmd", "true", store().image(), "true").succeeded();
    assertThat(podman("healthcheck", "run", "c").stderr()).contains("is not running");
  }

  /// Starts one that is called c.
  private void begin(List<String> health, String... more) {
    var line = new ArrayList<>(List.of("--name", "c", "-d", "--stop-timeout", "0"));
    line.addAll(List.of(more));
    podman(run(line, health)).succeeded();
  }

  private String[] run(List<String> options, List<String> health) {
    var line = new ArrayList<>(List.of("run"));
    line.addAll(options);
    line.addAll(health);
    line.addAll(List.of(store().image(), "sleep", "100"));
    return line.toArray(String[]::new);
  }

  private static List<String> health(
      String check, String interval, String retries, String onFailure) {
    return List.of(
        "--health-cmd",
        check,
        "--health-interval",
        interval,
        "--health-retries",
        retries,
        "--health-on-failure",
        onFailure);
  }
}
