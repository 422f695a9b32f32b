package dev.ocij.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("namespace")
class OrdinaryUserTest {

  @Test
  void with_subordinate_ids_maps_a_range() {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var map =
          user.run(
              "unshare", "--user", "--map-root-user", "--map-auto", "cat", "/proc/self/uid_map");
      assertThat(map.succeeded().stdout().lines()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void without_subordinate_ids_maps_only_itself() {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      user.run("unshare", "--user", "--map-root-user", "--map-auto", "true").failed();
      var map = user.run("unshare", "--user", "--map-root-user", "cat", "/proc/self/uid_map");
      assertThat(map.succeeded().stdout().lines()).hasSize(1);
    }
  }

  @Test
  void owns_its_home() {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var outcome = user.run("sh", "-c", "touch file && echo $HOME && id -un");
      assertThat(outcome.succeeded().stdout()).isEqualTo(user.home() + "\n" + user.name() + "\n");
    }
  }
}
