package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.linux.RecordedSyscalls;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsolationTest {
  private static final int EPERM = -1;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          mount,      -1, CHROOT,     seccomp filter
          mount,     -28, CHROOT,     user.max_user_namespaces
          move_mount, -1, CHROOT,     seccomp filter
          """)
  void falls_back_to_chroot_and_says_why(
      String call, long error, Confinement confinement, String why) {
    var isolation = isolation(Map.of(call, error), machine(true, Map.of()));
    assertThat(isolation.confinement()).isEqualTo(confinement);
    assertThat(isolation.obstacles()).singleElement().asString().contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          kernel/unprivileged_userns_clone,               0, kernel.unprivileged_userns_clone=1
          kernel/apparmor_restrict_unprivileged_userns,   1, profile
          user/max_user_namespaces,                       0, user.max_user_namespaces=15000
          kernel/other,                                   0, unshare --user
          """)
  void names_the_obstacle_of_an_ordinary_user(String setting, String value, String remedy) {
    var isolation =
        isolation(
            Map.of("mount", (long) EPERM, "chroot", (long) EPERM),
            machine(false, Map.of(setting, value)));
    assertThat(isolation.confinement()).isEqualTo(Confinement.NONE);
    assertThatThrownBy(isolation::require)
        .hasMessageStartingWith("start a container: namespaces cannot be made")
        .hasMessageContaining(remedy);
  }

  @Test
  void names_what_a_single_id_lacks() {
    var isolation = isolation(Map.of(), new Machine(true, true, 1, _ -> ""));
    assertThat(isolation.confinement()).isEqualTo(Confinement.NAMESPACES);
    assertThat(isolation.obstacles()).singleElement().asString().contains("only one user id");
  }

  @Test
  void nothing_is_missing_where_all_succeeds() {
    assertThat(isolation(Map.of(), machine(true, Map.of())))
        .isEqualTo(new Isolation(Confinement.NAMESPACES, List.of()));
  }

  private static Isolation isolation(Map<String, Long> results, Machine machine) {
    return Isolation.of(new Probe(new RecordedSyscalls(results)), machine);
  }

  private static Machine machine(boolean root, Map<String, String> settings) {
    return new Machine(root, false, 1L << 32, name -> settings.getOrDefault(name, ""));
  }
}
