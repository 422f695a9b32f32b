package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The runner as the launcher starts it for ordinary users: in a user namespace.
@Tag("namespace")
class OrdinaryUserTest {
  private static final List<String> MANY_IDS =
      List.of("unshare", "--user", "--map-root-user", "--map-auto", "--mount", "--");
  private static final List<String> ONE_ID =
      List.of("unshare", "--user", "--map-root-user", "--mount", "--");

  @Test
  void with_subordinate_ids_each_user_of_the_image_exists() {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var outcome = run(user, MANY_IDS, "someone", "id -un; echo $$").succeeded();
      assertThat(outcome.stdout()).isEqualTo("someone\n1\n");
      assertThat(outcome.stderr()).contains("NAMESPACES", "obstacles=[]");
    }
  }

  @Test
  void with_one_id_there_is_root_alone() {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var outcome = run(user, ONE_ID, "root", "id -u; touch /etc/x && ls -n /etc/x").succeeded();
      assertThat(outcome.stdout()).startsWith("0\n-rw-r--r--    1 0        0 ");
      assertThat(outcome.stderr()).contains("only one user id is mapped");
    }
  }

  @Test
  void with_one_id_other_owners_and_users_stand_in_a_record() {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var script =
          """
          id -u; id -G
          touch /tmp/f && stat -c %u:%g /tmp/f && chown someone:50 /tmp/f 2>&1
          mkfifo /tmp/p && ln -s f /tmp/l && cd /tmp && stat -c %u:%g p l ../tmp/f
          chmod 777 /root && mkdir -m 700 /root/d && stat -c %a:%u /root/d
          mknod /tmp/null c 1 3 2>&1
          stat -c %u /proc/self/fd/0 >/dev/null && stat -c %u /proc/1/status
          """;
      var outcome = run(user, ONE_ID, "someone", script).succeeded();
      assertThat(outcome.stdout())
          .isEqualTo(
              """
              1000
              1000 50
              1000:1000
              1000:1000
              1000:1000
              1000:50
              700:1000
              mknod: /tmp/null: Operation not permitted
              0
              """);
    }
  }

  @Test
  void without_a_namespace_the_remedy_is_named() {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      var outcome = run(user, List.of(), "root", "true").failed();
      assertThat(outcome.stderr()).contains("namespaces cannot be made", "unshare --user");
    }
  }

  private static Outcome run(
      OrdinaryUser user, List<String> prefix, String containerUser, String script) {
    Busybox.required().writeRootfs(user.home().resolve("rootfs"));
    var line = new ArrayList<>(prefix);
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(user.home()),
            ContainerMain.class.getName(),
            user.home().toString(),
            containerUser,
            script));
    Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
    return user.run(line.toArray(String[]::new));
  }

  /// Copies of what the runner needs: the user may not be allowed to read ours.
  private static String classPath(Path home) {
    var copies = new ArrayList<String>();
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("jackson") || !entry.endsWith(".jar"))
        .filter(entry -> !entry.isEmpty())
        .forEach(entry -> {
          var copy = home.resolve("lib" + copies.size());
          Tool.required("cp").run("-r", entry, copy.toString()).succeeded();
          copies.add(copy.toString());
        });
    return String.join(File.pathSeparator, copies);
  }
}
