package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Health checks, for whichever user a subclass stands for.
abstract class HealthContract extends ContainerContract {
  @Test
  void a_container_is_asked_again_and_again() {
    run("test -e /ok || { echo not yet; exit 1; }", "1s", "2", "none");
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
    var options = new String[] {"--health-cmd", "exit 1", "--health-interval", "500ms"};
    var killed =
        podman(
            "run",
            "--rm",
            options[0],
            options[1],
            options[2],
            options[3],
            "--health-retries",
            "1",
            "--health-on-failure",
            "kill",
            store().image(),
            "sleep",
            "100");
    assertThat(killed.status()).isEqualTo(137);
    run("exit 1", "500ms", "1", "restart");
    String restarts = "0";
    for (int i = 0; i < 40 && restarts.equals("0"); i++) {
      restarts = podman("inspect", "-f", "{{.RestartCount}}", "c").stdout().strip();
    }
    assertThat(restarts).isNotEqualTo("0");
  }

  @Test
  void a_check_that_takes_too_long_has_failed() {
    run("sleep 60", "0", "1", "none", "--health-timeout", "1s");
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

  private void run(String check, String interval, String retries, String action, String... more) {
    var line = new ArrayList<>(List.of("run", "-d", "--name", "c"));
    line.addAll(List.of("--health-cmd", check, "--health-interval", interval));
    line.addAll(List.of("--health-retries", retries, "--health-on-failure", action));
    line.addAll(List.of(more));
    line.addAll(List.of("--stop-timeout", "0", store().image(), "sleep", "100"));
    podman(line.toArray(String[]::new)).succeeded();
  }
}
