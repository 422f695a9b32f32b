package dev.ocij.buildah;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("distribution")
class LauncherTest {

  @Test
  void prints_the_version_and_nothing_else() {
    assertThat(Launcher.BUILDAH_J.run("--version").stdout())
        .isEqualTo(
            "buildah version 1.43.2 (buildah-j 0.1.0, image-spec 1.1.1, runtime-spec 1.2.1)\n");
    assertThat(Launcher.PODMAN_J.run("--version").stdout())
        .isEqualTo("podman version 5.8.6 (podman-j 0.1.0)\n");
  }

  @ParameterizedTest
  @Tag("namespace")
  @CsvSource(
      textBlock =
          """
          build -t x .,                true
          --root images bud .,         true
          --root=images run c true,    true
          rmi x,                       true
          images,                      false
          --root build images,         false
          push x,                      false
          --version,                   false
          """)
  void enters_a_namespace_only_for_what_needs_one(String line, boolean enters) {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var outcome = start(user, Launcher.BUILDAH_J, line);
      assertThat(outcome.stdout().contains("_OCIJ_USER=")).isEqualTo(enters);
    }
  }

  @Test
  @Tag("namespace")
  void maps_a_range_of_ids_where_the_user_has_one() {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var lines = start(user, Launcher.PODMAN_J, "run image true").stdout();
      assertThat(lines)
          .containsPattern("(?m)^ +0 +[1-9]\\d* +1$")
          .containsPattern("(?m)^ +1 +\\d+ +\\d{4,}$");
      assertThat(lines).contains("HOME=" + user.home());
    }
  }

  @Test
  @Tag("namespace")
  void maps_the_user_alone_where_there_is_no_range() {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var lines = start(user, Launcher.PODMAN_J, "run image true").stdout();
      assertThat(lines)
          .containsPattern("(?m)^ +0 +[1-9]\\d* +1$")
          .doesNotContainPattern("(?m)^ +1 ");
    }
  }

  @Test
  @Tag("namespace")
  void does_without_a_namespace_where_that_is_asked_for() {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var launcher = Launcher.BUILDAH_J.withoutJava(user.home()).toString();
      var outcome = user.run("env", "OCIJ_USERNS=off", launcher, "build", ".").succeeded();
      assertThat(outcome.stdout()).doesNotContain("_OCIJ_USER=").contains("BuildahJ build .");
    }
  }

  private static Outcome start(OrdinaryUser user, Launcher launcher, String line) {
    Path script = launcher.withoutJava(user.home());
    var command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(line.split(" ")));
    return user.run(command.toArray(String[]::new)).succeeded();
  }
}
