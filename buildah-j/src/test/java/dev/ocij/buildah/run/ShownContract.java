package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What containers write, hold and are called, and what is said of those that are not there.
abstract class ShownContract extends ContainerContract {
  @Override
  void nothingElseIsLeft() {
    assertThat(processes().now()).isEmpty();
  }

  @Test
  void a_template_may_ask_for_what_a_container_does_not_have() {
    podman("create", "--name", "c", store().image(), "true").succeeded();
    var format = "{{.Config.Healthcheck}} -{{.State.Health.Status}}-";
    assertThat(podman("inspect", "-f", format, "c").succeeded().stdout()).isEqualTo("<nil> --\n");
  }

  @Test
  void logs_can_be_cut_and_followed() {
    shell("-d", "--name", "c", "echo 1; sleep 1; echo 2; printf 3; sleep 0.2; echo 4").succeeded();
    assertThat(podman("logs", "-f", "c").succeeded().stdout()).isEqualTo("1\n2\n34\n");
    assertThat(podman("logs", "--tail", "2", "c").stdout()).isEqualTo("2\n34\n");
    assertThat(podman("logs", "-t", "--tail", "1", "c").stdout())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z 34\n");
    assertThat(podman("logs", "-n", "--tail", "1", "c").stdout()).isEqualTo("c 34\n");
    assertThat(podman("logs", "--since", "1h", "--until", "30m", "c").stdout()).isEmpty();
    podman("run", "-d", "--name", "d", "--log-driver", "none", store().image(), "true").succeeded();
    assertThat(podman("logs", "d").status()).isEqualTo(125);
  }

  @Test
  void ps_knows_the_namespaces_of_containers() {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    var inside = podman("exec", "c", "readlink", "/proc/1/ns/uts").succeeded().stdout();
    var number = inside.replaceAll("[^0-9]", "");
    assertThat(podman("ps", "--ns", "--format", "{{.Names}} {{.UTS}}").succeeded().stdout())
        .isEqualTo("c " + number + "\n");
    assertThat(podman("ps", "--ns").stdout())
        .containsPattern("CONTAINER ID +NAMES +PID +CGROUPNS +IPC +MNT +NET +PIDNS +USERNS +UTS")
        .contains(number);
    assertThat(podman("ps", "--ns", "--format", "json").stdout())
        .contains("\"Uts\": \"" + number + "\"");
    assertThat(podman("ps", "--format", "json").stdout()).doesNotContain("\"Uts\"");
    podman("exec", "c", "touch", "/made").succeeded();
    assertThat(podman("diff", "-l").succeeded().stdout()).contains("A /made");
    assertThat(podman("diff", "-l", "c").status()).isEqualTo(125);
    assertThat(podman("port", "-l").succeeded().stdout()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pause made                 | 125 | is not running, can't pause: container state improper
          unpause c                  | 125 | is not paused, can't unpause: container state improper
          stats made                 | 125 | it is not running
          healthcheck run c          | 125 | has no defined healthcheck
          wait --condition nope c    | 125 | unknown condition "nope"
          top c tty                  | 125 | unknown column "tty"
          top made                   | 125 | top can only be used on running containers
          attach made                | 125 | you can only attach to running containers
          kill -s NOPE c             | 125 | invalid signal: "NOPE"
          ps --filter a=b            | 125 | "a" is an invalid filter
          logs --since yesterday c   | 125 | invalid time "yesterday"
          port c                     |   0 |
          rm -a c                    | 125 | no arguments are needed with --all
          run --rm --restart always x | 125 | the --rm option conflicts with --restart
          start gone                 | 125 | no container with name or ID "gone" found: no such container
          --runtime crun run -dt x   | 125 | --runtime of a container in the background with a terminal is not implemented yet
          """)
  void what_cannot_be_is_told(String words, int status, String message) {
    podman("run", "-d", "--name", "c", store().image(), "sleep", "100").succeeded();
    podman("create", "--name", "made", store().image(), "true").succeeded();
    var outcome = podman(words.split(" "));
    assertThat(outcome.stderr()).contains(message == null ? "" : message);
    assertThat(outcome.status()).isEqualTo(status);
  }

  @Test
  void there_is_no_latest_of_none() {
    podman("run", "--rm", store().image(), "true").succeeded();
    for (var command : List.of("stop", "logs", "wait", "rm", "port", "diff", "exec")) {
      var outcome = podman(command, "-l");
      assertThat(outcome.status()).isEqualTo(125);
      assertThat(outcome.stderr()).isEqualTo("Error: no containers exist\n");
    }
  }

  @Test
  void containers_are_chosen_in_several_ways() throws IOException {
    for (var name : List.of("a", "b", "c", "d")) {
      podman("create", "--name", name, "--label", "l=" + name, store().image(), "sleep", "100")
          .succeeded();
    }
    assertThat(podman("inspect", "-l", "-f", "{{.Name}}").succeeded().stdout()).isEqualTo("d\n");
    assertThat(podman("rm", "-l").succeeded().stdout()).matches("[0-9a-f]{64}\n");
    podman("rm", "--filter", "label=l=c").succeeded();
    var id = podman("inspect", "-f", "{{.Id}}", "b").stdout().strip();
    var file = Files.writeString(folder.resolve("id"), id);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(podman("rm", "--cidfile", file.toString()).succeeded().stdout())
        .isEqualTo(id + "\n");
    assertThat(names()).isEqualTo("a\n");
    var missing = podman("rm", "nobody", "a");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.stdout()).isEqualTo("a\n");
    assertThat(podman("rm", "-f", "nobody").succeeded().stderr()).isEmpty();
  }

  @Test
  void a_wait_may_end_with_the_first_of_several() {
    podman("run", "-d", "--name", "long", store().image(), "sleep", "1000").succeeded();
    shell("-d", "--name", "short", "exit 3").succeeded();
    assertThat(podman("wait", "--exit-first-match", "long", "short").succeeded().stdout())
        .isEqualTo("3\n");
    assertThat(podman("wait", "-l").succeeded().stdout()).isEqualTo("3\n");
  }

  @ParameterizedTest
  @CsvSource({"run, -d", "create, --rm"})
  void files_come_and_go(String command, String option) throws IOException {
    var words = new ArrayList<>(List.of(command, option, "--name", "c", "-u", "someone"));
    words.addAll(List.of(store().image(), "sleep", "100"));
    podman(words.toArray(String[]::new)).succeeded();
    var script =
        """
        mkdir -p in/d; echo f >in/d/f; ln -s f in/d/l; echo other >g; ln -s /../../../tmp links;
        P="%s"
        $P cp in/d c:/tmp/new && $P cp in/d/. c:/tmp && $P cp g c:/tmp/new && $P cp c:/tmp/new out
        $P cp c:/etc/passwd - | tar xO | head -1; tar cf - g | $P cp - c:/var
        $P cp links c:/tmp/lead && $P cp g c:/tmp/lead/deep
        $P cp c:/var/g back; cat back out/f out/g out/l; $P cp c:/tmp/l out/l2; readlink out/l2
        $P cp c:/tmp/deep deep; cat deep; ls /tmp/deep; stat -c %%u in/d/f out/f | uniq | wc -l
        """
            .formatted(String.join(" ", store().line()));
    var said = as("sh", "-c", "rm -rf w; mkdir w; cd w;" + script);
    assertThat(said.stdout())
        .isEqualTo("root:x:0:0:root:/root:/bin/sh\nother\nf\nother\nf\nf\nother\n1\n");
    assertThat(podman("cp", "c:/nope", "x").stderr()).contains("no such file or directory");
    podman("rm", "-f", "c").succeeded();
  }

  @Test
  void changes_are_listed_and_exported() {
    shell("--name", "c", "echo >/new; rm /etc/group; echo >>/etc/passwd").succeeded();
    assertThat(podman("diff", "c").succeeded().stdout())
        .isEqualTo("C /etc\nD /etc/group\nC /etc/passwd\nA /new\n");
    var listed = as("sh", "-c", String.join(" ", store().line("export", "c")) + " | tar t");
    assertThat(listed.stdout().lines()).contains("new", "etc/passwd").doesNotContain("etc/group");
    var imported = String.join(" ", store().line("import", "-c", "'CMD ls /new'", "-", "again"));
    as("sh", "-c", String.join(" ", store().line("export", "c")) + " | " + imported).succeeded();
    assertThat(podman("run", "--rm", "again").succeeded().stdout()).isEqualTo("/new\n");
    podman("rmi", "again").succeeded();
  }

  @Test
  void names_and_filters() {
    podman("create", "--name", "first", "-l", "k=v", store().image(), "true").succeeded();
    podman("create", "--name", "other", store().image(), "true").succeeded();
    assertThat(podman("rename", "first", "other").stderr()).contains("\"other\" is already in use");
    podman("rename", "first", "zero").succeeded();
    assertThat(podman("container", "exists", "zero").status()).isZero();
    assertThat(podman("container", "exists", "first").status()).isEqualTo(1);
    assertThat(names("--filter", "label=k=v")).isEqualTo("zero\n");
    assertThat(names("--filter", "name=^other$")).isEqualTo("other\n");
    assertThat(names("--filter", "since=zero")).isEqualTo("other\n");
    assertThat(names("--filter", "status=exited")).isEmpty();
    assertThat(names("--sort", "names")).isEqualTo("other\nzero\n");
    assertThat(podman("ps", "-a", "--format", "{{.Names}} {{.Label \"k\"}}").stdout())
        .isEqualTo("other \nzero v\n");
    assertThat(podman("ps", "-a", "--format", "table {{.Names}}\t{{.State}}").stdout())
        .isEqualTo("NAMES   STATE\nother   created\nzero    created\n");
    assertThat(podman("container", "prune", "-f").succeeded().stdout().lines()).hasSize(2);
  }
}
