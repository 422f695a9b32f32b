package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What options of the build change in the containers of RUN.
@Tag("root")
@Tag("tool")
@Tag("namespace")
class RunSettingsTest {
  /// What every container has, whatever the process has.
  private static final List<String> PASSED =
      List.of("PATH", "HOME", "HOSTNAME", "container", "PWD", "SHLVL", "_");

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    Files.createDirectory(folder.resolve("context"));
    Files.writeString(folder.resolve("lent"), "lent\n");
  }

  @AfterEach
  void remove() {
    Tool.required("rm").run("-rf", folder.resolve("store").toString()).succeeded();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      textBlock =
          """
          --cap-drop=all                :: grep CapEff /proc/self/status      :: CapEff: 0000000000000000
          --cap-drop=all --cap-add=kill :: grep CapEff /proc/self/status      :: CapEff: 0000000000000020
          --ulimit=nofile=77:88         :: ulimit -n; ulimit -Hn              :: 77 88
          --shm-size=1m                 :: df -k /dev/shm | tail -1           :: none 1024 0 1024
          --group-add=7 --group-add=8   :: id -G                              :: 0 7 8
          --add-host=there:1.2.3.4      :: grep there /etc/hosts              :: 1.2.3.4 there
          --dns=1.2.3.4 --dns-search=x.y :: cat /etc/resolv.conf              :: search x.y nameserver 1.2.3.4
          --dns-option=rotate           :: cat /etc/resolv.conf               :: options rotate
          --no-hosts                    :: test -e /etc/hosts || echo none    :: none
          --dns=none                    :: test -e /etc/resolv.conf || echo none :: none
          --no-hostname                 :: test -e /etc/hostname || echo none :: none
          --volume=LENT:/v/file:ro      :: cat /v/file; touch /v/file || echo kept :: lent touch: /v/file: Read-only file system kept
          --volume=CONTEXT:/v:U         :: stat -c %u:%g /v/Containerfile     :: 0:0
          --volume=CONTEXT:/v:O         :: touch /v/new; ls /v                :: Containerfile new
          --uts=private                 :: hostname; echo $HOSTNAME         :: localhost localhost
          --device=/dev/null:/lent/null :: test -c /lent/null && echo there   :: there
          --security-opt=seccomp=unconfined :: grep Seccomp: /proc/self/status :: Seccomp: 0
          --security-opt=no-new-privileges :: grep NoNewPrivs /proc/self/status :: NoNewPrivs: 1
          """)
  void options_change_the_container(String options, String command, String told)
      throws IOException {
    containerfile("RUN echo told; { %s; } 2>&1".formatted(command));
    var line =
        options
            .replace("LENT", folder.resolve("lent").toString())
            .replace("CONTEXT", folder.resolve("context").toString())
            .split(" ");
    assertThat(build(line).succeeded().stdout().replaceAll("\\s+", " "))
        .contains(" told " + told + " ");
    assertThat(folder.resolve("context")).isDirectoryNotContaining("glob:**/new");
  }

  /// Where there are groups of version 2 that may be written; elsewhere a warning says why not.
  @Test
  void commands_are_in_a_group_below_the_named_one() throws IOException {
    containerfile("RUN echo in $(cat /proc/self/cgroup)");
    var parent = "ocij-test-" + ProcessHandle.current().pid();
    var outcome = build("--cgroup-parent=/" + parent + "/inner").succeeded();
    var mount =
        Stream.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified")
            .map(Path::of)
            .filter(path -> Files.exists(path.resolve("cgroup.controllers")))
            .findFirst();
    if (mount.isEmpty() || !Files.isWritable(mount.get())) {
      assertThat(outcome.stderr())
          .contains(
              "[Warning] commands are not in a group below \"/%s/inner\": ".formatted(parent));
      return;
    }
    assertThat(outcome.stdout())
        .containsPattern("0::/%s/inner/ocij-[0-9a-f-]{36}".formatted(parent));
    // Neither has a group left in it.
    Files.delete(mount.get().resolve(parent).resolve("inner"));
    Files.delete(mount.get().resolve(parent));
  }

  @Test
  void nothing_of_it_is_in_the_image() throws IOException {
    containerfile("RUN cat /v/file >/copied");
    var volume = "--volume=%s:/v/file".formatted(folder.resolve("lent"));
    var context = folder.resolve("context").toString();
    assertThat(new BuiltFiles(folder).filesOf(volume, context))
        .anyMatch(line -> line.endsWith(" copied"))
        .noneMatch(line -> line.contains(" v/"));
  }

  @Test
  void changes_in_a_volume_are_lost_where_that_is_asked_for() throws IOException {
    containerfile(
        "RUN mkdir /v && echo 1 >/v/a",
        "VOLUME /v",
        "RUN echo 2 >/v/a && touch /v/b",
        "RUN ls /v; cat /v/a");
    assertThat(build("--compat-volumes").succeeded().stdout()).contains("\na\n1\n");
    assertThat(build().succeeded().stdout()).contains("\na\nb\n2\n");
  }

  @Test
  void more_power_must_be_granted() throws IOException {
    containerfile("RUN --security=insecure grep Seccomp: /proc/self/status");
    assertThat(build().failed().stderr())
        .contains("Containerfile:2:1: RUN --security=insecure is not granted; build with --allow");
    assertThat(build("--allow=security.insecure").succeeded().stdout()).contains("Seccomp:\t0");
    containerfile("RUN grep Seccomp: /proc/self/status");
    assertThat(build("--allow=security.insecure").succeeded().stdout()).contains("Seccomp:\t2");
  }

  /// Neither what one build was given, nor what this process has.
  @Test
  void builds_in_one_process_share_no_environment() throws IOException {
    containerfile("ARG GIVEN", "ENV OWN=of-one", "RUN env; cat /proc/*/environ | tr '\\0' '\\n'");
    var one =
        build("--build-arg=GIVEN=to-one", "--env=MORE=for-one", "--no-cache").succeeded().stdout();
    assertThat(one).contains("GIVEN=to-one", "OWN=of-one", "MORE=for-one");
    containerfile("ARG GIVEN", "RUN env; cat /proc/*/environ | tr '\\0' '\\n'");
    var other = build("--no-cache").succeeded().stdout();
    assertThat(other).contains("PATH=").doesNotContain("to-one", "of-one", "for-one");
    var inherited = System.getenv().keySet().stream().filter(name -> !PASSED.contains(name));
    assertThat(inherited.filter(name -> !name.matches("(?i).*_proxy")))
        .noneMatch(name -> other.lines().anyMatch(l -> l.startsWith(name + "=")));
  }

  @Test
  void a_device_that_is_required_and_missing_ends_the_build() throws IOException {
    containerfile("RUN --device=vendor.com/class=name,required true");
    assertThat(build().failed().stderr())
        .contains(
            "RUN --device=vendor.com/class=name: find device \"vendor.com/class=name\": no file"
                + " in");
    containerfile("RUN --device=vendor.com/class=name true");
    build().succeeded();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --ulimit=nofile           | invalid ulimit "nofile": expected NAME=SOFT[:HARD]
          --ulimit=nofile=200:100   | invalid ulimit "nofile=200:100": the soft limit must not be larger than the hard one
          --ulimit=nofile=-1:100    | invalid ulimit "nofile=-1:100": the soft limit must not be larger than the hard one
          --volume=/nosuch:/x       | --volume "/nosuch:/x": there is no "/nosuch"
          --volume=/tmp             | --volume "/tmp": expected PATH:DIR
          --volume=/tmp:/x:bad      | unknown option "bad"
          --device=/etc/passwd      | no device; lend files with --volume
          --add-host=x              | invalid host "x": expected HOST:IP
          --add-host=x:y            | invalid IP address y
          --add-host=x:1.1.1.1 --no-hosts | --no-hosts and --add-host exclude one another
          --allow=everything        | unknown --allow "everything"
          --shm-size=much           | invalid size "much"
          --security-opt=x          | invalid --security-opt "x"
          --network=bridge          | network "bridge" is not there yet
          """)
  void what_makes_no_sense_is_told(String options, String message) throws IOException {
    containerfile("RUN true");
    assertThat(build(options.split(" ")).failed().stderr().lines())
        .last(InstanceOfAssertFactories.STRING)
        .contains(message);
  }

  /// What the commands say is the output.
  private Outcome build(String... options) throws IOException {
    var log = folder.resolve("log");
    Files.deleteIfExists(log);
    var line = new ArrayList<>(List.of("build", "--logfile=" + log));
    line.addAll(List.of(options));
    line.add(folder.resolve("context").toString());
    var outcome = new InProcess(folder.resolve("store")).run(line.toArray(String[]::new));
    var told = Files.exists(log) ? Files.readString(log) : "";
    return new Outcome(outcome.command(), outcome.status(), told, outcome.stderr());
  }

  private void containerfile(String... steps) throws IOException {
    var text = "FROM oci:%s:base\n%s\n".formatted(folder.resolve("base"), String.join("\n", steps));
    Files.writeString(folder.resolve("context/Containerfile"), text);
  }
}
