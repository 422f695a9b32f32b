package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path folder;

  @Test
  void tells_what_the_machine_allows_and_leaves_nothing() {
    var outcome = new InProcess(folder.resolve("store")).run("doctor");
    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.stdout())
        .startsWith("builds without RUN: yes, they need nothing\ncontainers: ")
        .contains("user ids: ");
    assertThat(folder.resolve("store/containers"))
        .satisfiesAnyOf(
            containers -> assertThat(containers).doesNotExist(),
            containers -> assertThat(containers).isEmptyDirectory());
  }

  @Test
  void a_profile_names_the_program_that_runs() {
    var profile = new InProcess(folder.resolve("store")).output("doctor", "--apparmor-profile");
    assertThat(profile)
        .contains("profile ocij " + System.getProperty("java.home") + "/bin/java", "  userns,\n");
  }

  @Test
  void where_an_error_came_from_is_told_only_to_who_asks() {
    var buildah = new InProcess(folder.resolve("store"));
    assertThat(buildah.run("inspect", "nosuch").stderr()).hasLineCount(1);
    for (var option : new String[] {"--debug", "--log-level=debug"}) {
      var outcome = buildah.run(option, "inspect", "nosuch");
      assertThat(outcome.status()).isEqualTo(125);
      assertThat(outcome.stderr())
          .contains("\tat dev.ocij.")
          .endsWith("Error: nosuch: image not known\n");
    }
  }
}
