package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Containers in a user namespace of their own, of a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
class UserNamespaceTest {
  private static OrdinaryUser user;
  private static BusyboxStore store;

  @BeforeAll
  static void enter() {
    user = OrdinaryUser.withSubordinateIds();
    store = BusyboxStore.of(user);
  }

  @AfterAll
  static void leave() {
    user.close();
  }

  @AfterEach
  void remove() {
    podman("rm", "-f", "-a");
  }

  @Test
  void files_on_volumes_belong_to_the_user_and_the_images_to_its_root() {
    user.run("mkdir", "-p", volume()).succeeded();
    var own = user.run("id", "-u").stdout().strip();
    var shown =
        run(
            "--userns=keep-id",
            "touch /v/new; stat -c %u /v/new /bin /etc/hosts /; id -u",
            "-v",
            volume() + ":/v");
    assertThat(shown.succeeded().stdout()).isEqualTo(own + "\n0\n0\n0\n" + own + "\n");
    assertThat(user.run("stat", "-c", "%u", volume() + "/new").stdout().strip()).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --userns=keep-id:uid=8,gid=9 | 8:9 | 0:1:8   | 0:1:8 8:0:1 9:9:65527
          --uidmap=0:0:500             | 0:0 | 0:0:500 | 0:0:1 1:1:499
          --gidmap=0:0:500             | 0:0 | 0:0:500 | 0:0:1 1:1:499
          """)
  void its_ids_are_those_that_were_asked_for(String flag, String ids, String told, String map) {
    var shown = run(flag, "echo $(id -u):$(id -g); cat /proc/self/uid_map");
    var lines = new ArrayList<>(shown.succeeded().stdout().lines().toList());
    assertThat(lines.removeFirst()).isEqualTo(ids);
    assertThat(lines.stream().map(line -> line.strip().replaceAll(" +", ":")))
        .containsExactly(map.split(" "));
    podman("create", "--name", "c", flag, store.image(), "true").succeeded();
    var inspected =
        podman(
            "inspect",
            "--format",
            "{{.HostConfig.UsernsMode}} {{.HostConfig.IDMappings.UidMap}}",
            "c");
    assertThat(inspected.succeeded().stdout()).startsWith("private ").contains(told);
  }

  @Test
  void in_the_background_it_is_entered_as_its_user() {
    podman("run", "-d", "--name", "c", "--userns=keep-id:uid=8", store.image(), "sleep", "100")
        .succeeded();
    assertThat(podman("exec", "c", "id", "-u").succeeded().stdout()).isEqualTo("8\n");
    assertThat(podman("exec", "-u", "0", "c", "stat", "-c", "%u", "/bin").succeeded().stdout())
        .isEqualTo("0\n");
  }

  @Test
  void what_leaves_it_has_the_owners_of_outside() {
    podman("create", "--name", "c", "--userns=keep-id", store.image(), "true").succeeded();
    var line = new ArrayList<>(List.of("sh", "-c", "\"$@\" | tar --numeric-owner -tvf -", "sh"));
    line.addAll(List.of(store.line("export", "c")));
    assertThat(user.run(line.toArray(String[]::new)).succeeded().stdout())
        .containsPattern("(?m)^drwxr-xr-x 1/1 .* bin/$");
  }

  @Test
  @Tag("root")
  void root_may_map_a_range_and_has_no_id_to_keep(@TempDir Path folder) {
    Require.root();
    var ours = BusyboxStore.in(folder);
    var shown = ours.run(List.of("--rm", "--uidmap=0:0:500"), "cat", "/proc/self/uid_map");
    assertThat(shown.succeeded().stdout().strip().split(" +")).containsExactly("0", "0", "500");
    var refused = ours.run(List.of("--rm", "--userns=keep-id"), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr()).contains("keep-id is only supported in rootless mode");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --userns=bogus                  | unrecognized namespace mode bogus passed
          --userns=auto                   | run with --userns auto is not implemented yet
          --userns=nomap                  | run with --userns nomap is not implemented yet
          --uidmap=0:1:500                | without a range for the caller
          --userns=keep-id:x=3            | unknown option specified: "x"
          --userns=keep-id:uid=x          | expected uid=NUMBER and gid=NUMBER
          --userns=keep-id --uidmap=0:1:5 | mutually exclusive
          --uidmap=0:1                    | expected INSIDE:HERE:COUNT
          --uidmap=x:1:2                  | expected INSIDE:HERE:COUNT
          --uidmap=0:0:99999999           | there are 65536 ids here
          --uidmap=1:1:5                  | the container gets no root
          --userns=keep-id --network=private | a network of its own: not implemented yet
          """)
  void what_cannot_be_is_told(String flags, String sentence) {
    var line = new ArrayList<>(List.of("run", "--rm"));
    line.addAll(List.of(flags.split(" +")));
    line.addAll(List.of(store.image(), "true"));
    var refused = podman(line.toArray(String[]::new));
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr()).contains(sentence);
  }

  private Outcome run(String flag, String script, String... more) {
    var line = new ArrayList<>(List.of("run", "--rm", flag));
    line.addAll(List.of(more));
    line.addAll(List.of(store.image(), "sh", "-c", script));
    return podman(line.toArray(String[]::new));
  }

  private Outcome podman(String... args) {
    return user.run(store.line(args));
  }

  private static String volume() {
    return Path.of(user.home().toString(), "volume").toString();
  }
}
