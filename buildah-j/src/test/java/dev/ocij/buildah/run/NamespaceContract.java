package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Containers in the namespaces of others, for whichever user a subclass stands for.
abstract class NamespaceContract extends ContainerContract {
  private static final List<String> ALL =
      List.of("--pid=container:own", "--ipc=container:own", "--uts=container:own");

  @Override
  void removeAll() {
    podman("rm", "-f", "-a", "--depend");
  }

  @Test
  void who_joins_sees_processes_memory_and_name_of_the_other() {
    owner("--hostname=box");
    var shown = guest(ALL, "ps -o pid,args; hostname; echo $HOSTNAME; echo said > /dev/shm/file");
    assertThat(shown.succeeded().stdout())
        .containsPattern("\n +1 sleep 100\n")
        .endsWith("\nbox\nbox\n");
    assertThat(podman("exec", "own", "cat", "/dev/shm/file").succeeded().stdout())
        .isEqualTo("said\n");
  }

  @Test
  void namespaces_that_are_not_named_are_its_own() {
    owner("--hostname=box");
    var shown = guest(List.of("--ipc=container:own"), "hostname; ps -o pid,args | tail -n +2");
    assertThat(shown.succeeded().stdout()).doesNotContain("box", "sleep").contains("    1 sh -c");
  }

  @Test
  void who_is_among_the_processes_of_another_can_have_a_terminal() throws Exception {
    owner();
    var typed = typing("run", "-it", "--rm", "--pid=container:own", store().image(), "sh");
    typed.type("tty; tr '\\0' : < /proc/1/cmdline; exit 5\n");
    typed.await("/dev/pts/0");
    typed.await("sleep:100:");
    assertThat(typed.end()).isEqualTo(5);
  }

  @Test
  void guests_in_its_process_namespace_die_with_the_owner() {
    owner();
    podman("run", "-d", "--name=a", "--pid=container:own", store().image(), "sleep", "100")
        .succeeded();
    assertThat(podman("exec", "a", "ps", "-o", "args").succeeded().stdout())
        .contains("sleep 100\nsleep 100\nps -o args\n");
    podman("kill", "own").succeeded();
    eventually(
        "guest", "exited 137\n", "inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "a");
  }

  @Test
  void a_guest_ends_alone_by_a_signal_or_by_request() {
    owner();
    for (var end : List.of("kill", "stop")) {
      podman("run", "-d", "--name=a", "--pid=container:own", store().image(), "sleep", "100")
          .succeeded();
      podman(end, "a").succeeded();
      podman("wait", "a").succeeded();
      podman("rm", "a").succeeded();
    }
    assertThat(podman("ps", "--format", "{{.Names}}").stdout()).isEqualTo("own\n");
  }

  @Test
  void the_owner_starts_with_its_guest_and_is_removed_after_it() {
    podman("create", "--name=own", store().image(), "sleep", "100").succeeded();
    var line = new ArrayList<>(List.of("create", "--name=a", "--network=container:own"));
    line.addAll(ALL);
    line.addAll(List.of(store().image(), "sleep", "100"));
    podman(line.toArray(String[]::new)).succeeded();
    var id = podman("inspect", "-f", "{{.Id}}", "own").stdout().strip();
    assertThat(
            podman(
                    "inspect",
                    "-f",
                    "{{with .HostConfig}}{{.PidMode}} {{.IpcMode}} {{.UTSMode}}"
                        + " {{.NetworkMode}}{{end}} {{.Dependencies}}",
                    "a")
                .stdout())
        .isEqualTo(
            "container:%1$s container:%1$s container:%1$s container:%1$s [%1$s]\n".formatted(id));
    podman("start", "a").succeeded();
    assertThat(podman("ps", "--format", "{{.Names}}").stdout().lines())
        .containsExactlyInAnyOrder("own", "a");
    var refused = podman("rm", "-f", "own");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr())
        .contains("container %s has dependent containers which must be removed".formatted(id));
    podman("stop", "-t", "1", "a", "own").succeeded();
    assertThat(podman("rm", "--depend", "own").succeeded().stdout()).endsWith("own\n");
  }

  @Test
  void an_owner_that_is_removed_at_its_end_waits_for_its_guests() {
    owner("--rm");
    podman("run", "-d", "--name=a", "--pid=container:own", store().image(), "sleep", "100")
        .succeeded();
    podman("stop", "-t", "0", "own").succeeded();
    podman("wait", "a").succeeded();
    assertThat(names("--filter", "status=exited").lines()).containsExactlyInAnyOrder("own", "a");
    podman("start", "a").succeeded();
    assertThat(names("--filter", "status=running").lines()).containsExactlyInAnyOrder("own", "a");
    podman("stop", "-t", "0", "own").succeeded();
    podman("rm", "-f", "a").succeeded();
    assertThat(names()).isEmpty();
  }

  @Test
  void guests_of_one_command_share_what_that_command_has() {
    owner("--hostname=box");
    podman("run", "-d", "--name=a", "--uts=container:own", store().image(), "sleep", "100")
        .succeeded();
    var both = guest(List.of("--uts=container:own", "--pid=container:a"), "hostname; ps -o args");
    assertThat(both.succeeded().stdout()).startsWith("box\n").contains("sleep 100");
  }

  @Test
  void an_owner_that_ends_at_once_is_told_of() {
    podman("create", "--name=own", store().image(), "true").succeeded();
    var refused = podman("run", "--rm", "--pid=container:own", store().image(), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr()).contains("whose namespaces it shares, is not running");
  }

  @Test
  void prune_leaves_a_container_that_others_are_made_on() {
    owner();
    podman("run", "-d", "--name=a", "--uts=container:own", store().image(), "sleep", "100")
        .succeeded();
    podman("kill", "own").succeeded();
    podman("wait", "own").succeeded();
    assertThat(podman("container", "prune", "-f").succeeded().stdout()).isEmpty();
  }

  @Test
  void shared_memory_is_none_or_the_hosts_where_that_is_asked_for() {
    assertThat(shell("--rm", "--ipc=none", "ls -d /dev/shm").stderr()).contains("No such file");
    assertThat(shell("--rm", "--ipc=host", "stat -c %d /dev/shm").succeeded().stdout())
        .isEqualTo(as("stat", "-c", "%d", "/dev/shm").stdout());
  }

  @Test
  void a_namespace_is_named_by_its_file() {
    // Whoever makes it is in the same user namespace.
    var inside =
        """
        unshare --uts --net sh -c 'hostname named; exec sleep 100' &
        until nsenter --target $! --uts hostname 2>&1 | grep -q named; do :; done
        "$@" --uts=ns:/proc/$!/ns/uts --network=ns:/proc/$!/ns/net %s sh -c 'hostname; ls /sys/class/net'
        kill $!
        """
            .formatted(store().image());
    var line = new ArrayList<>(List.of(store().line("unshare", "sh", "-c", inside, "sh")));
    line.addAll(List.of(store().line("run", "--rm")));
    assertThat(as(line.toArray(String[]::new)).succeeded().stdout()).isEqualTo("named\nlo\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --pid=other                      | unrecognized namespace mode other passed
          --ipc=container:nobody           | no container with name or ID "nobody" found
          --ipc=container:closed           | non-shareable IPC
          --uts=container:closed -h x      | cannot set hostname when joining
          --uts=host -h x                  | cannot set hostname when running in the host UTS
          --pid=container:closed --uidmap=0:1:100 | in namespaces of others
          """)
  void what_cannot_be_shared_is_told(String flags, String sentence) {
    podman("create", "--name=closed", "--ipc=private", store().image(), "true").succeeded();
    var line = new ArrayList<>(List.of("run", "--rm"));
    line.addAll(List.of(flags.split(" ")));
    line.addAll(List.of(store().image(), "true"));
    var refused = podman(line.toArray(String[]::new));
    assertThat(refused.stderr()).contains(sentence);
    assertThat(refused.status()).isEqualTo(125);
  }

  private void owner(String... flags) {
    var line = new ArrayList<>(List.of("run", "-d", "--name=own"));
    line.addAll(List.of(flags));
    line.addAll(List.of(store().image(), "sleep", "100"));
    podman(line.toArray(String[]::new)).succeeded();
  }

  private Outcome guest(List<String> flags, String script) {
    var words = new ArrayList<>(List.of("--rm"));
    words.addAll(flags);
    words.add(script);
    return shell(words.toArray(String[]::new));
  }
}
