package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `podman-j run`, `ps` and `rm` as root uses them.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class RunTest {
  private static final List<String> GONE = List.of("--rm");

  @TempDir Path folder;
  private BusyboxStore store;

  @BeforeEach
  void prepare() {
    Require.root();
    store = BusyboxStore.in(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rm                     | true                      |   0 |
          --rm                     | sh -c exit\\ 7            |   7 |
          --rm                     | sh -c kill\\ -9\\ $$      |   0 |
          --rm                     | sh -c (kill\\ -9\\ 0)     | 137 |
          --rm                     | /nope                     | 127 | no such file
          --rm                     | nope                      | 127 | executable file not found in the PATH
          --rm                     | /etc                      | 126 | permission denied
          --rm                     | /etc/passwd               | 126 | permission denied
          --rm -w /nowhere         | true                      | 126 | workdir "/nowhere" does not exist
          --rm --nope              | true                      | 125 | Error: unknown flag: --nope
          --rm -u nobody-knows     | true                      | 125 | no matching entries in /etc/passwd
          --rm --cap-add nope      | true                      | 125 | there is no capability "CAP_NOPE"
          --rm -v /no/where:/x     | true                      | 125 | statfs /no/where: no such file
          --rm -d --log-driver x   | true                      | 125 | invalid log driver "x"
          --rm -d                  | /nope                     | 127 | no such file
          --rm --restart x         | true                      | 125 | invalid restart policy "x"
          --rm -p 80:80:80:80      | true                      | 125 | invalid port "80:80:80:80"
          --rm -p 80:80 --net none | true                      | 125 | they need a network of the container's own
          --rm --platform=linux/s390x | true                   | 125 | the image is for linux/
          --rm --ulimit nofile=2:1 | true                      | 125 | the soft limit must not be larger
          --rm --pod x             | true                      | 125 | no pod with name or ID x found: no such pod
          --rm --network mine      | true                      | 125 | --network mine is not implemented yet
          --name a/b               | true                      | 125 | names must match
          --tz Nowhere/City        | true                      | 125 | unknown time zone "Nowhere/City"
          --image-volume x         | true                      | 125 | invalid image-volume "x"
          --rmi -d                 | true                      | 125 | run with --rmi in the background is not implemented yet
          --dns x                  | true                      | 125 | "x" is not an ip address
          --stop-signal x          | true                      | 125 | invalid signal: "x"
          --mount type=bind,src=/tmp,dst=/x,bind-propagation=suid | true | 125 | invalid bind-propagation "suid"
          --mount type=tmpfs,dst=/x,bind-propagation=size=1g | true | 125 | invalid bind-propagation "size=1g"
          -v /tmp:/x:rslave:dev    | true                      | 125 | incorrect volume format
          -e =x                    | true                      | 125 | invalid environment variable: "=x"
          """)
  void the_exit_status_says_what_happened(
      String options, String command, int status, String message) {
    var outcome = store.run(List.of(options.split(" ")), words(command));
    assertThat(outcome.stderr()).contains(message == null ? "" : message);
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(store.podman("ps", "-a", "-q").succeeded().stdout()).isEmpty();
  }

  /// Signal 9 to process 1 from inside is ignored by the kernel; to the others it is not.
  private static String[] words(String command) {
    var words = command.split("(?<!\\\\) ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("\\ ", " ").replace("(kill -9 0)", "sh -c 'kill -9 $$'; exit $?");
    }
    return words;
  }

  @Test
  void the_program_finds_itself_in_a_container() {
    var outcome =
        store
            .run(
                List.of("--rm", "--name", "box", "-e", "A=b", "--add-host", "db:10.0.0.1"),
                "sh",
                "-c",
                "hostname; echo $HOSTNAME $HOME $A $container $PATH; grep -c 10.0.0.1 /etc/hosts;"
                    + " cat /etc/hostname; id -u; echo $$")
            .succeeded();
    assertThat(outcome.stdout()).matches("([0-9a-f]{12})\n\\1 /root b ocij /bin\n1\n\\1\n0\n1\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -u 1234                             | tail -1 /etc/passwd           | 1234:*:1234:0:container user:/:/bin/sh
          -u 1234:77                          | tail -1 /etc/group            | 77:x:77:1234
          -u someone                          | id -un                        | someone
          --entrypoint echo                   | it                            | it
          --entrypoint ["echo","a"]           | b                             | a b
          --hostname box                      | hostname                      | box
          --dns 192.0.2.1                     | grep nameserver /etc/resolv.conf | nameserver 192.0.2.1
          --net host                          | grep host.docker /etc/hosts   | 127.0.0.1 host.containers.internal host.docker.internal
          --umask 0077                        | sh -c umask                   | 0077
          --ulimit nofile=100:200             | sh -c ulimit\\ -n             | 100
          --tmpfs /x --read-only              | touch /x/a                    |
          --read-only                         | touch /tmp/a                  |
          --network none                      | sh -c ls\\ /sys/class/net     | lo
          --unsetenv HOME                     | sh -c echo\\ -$HOME           | -
          --env-merge A=${PATH}:x             | sh -c echo\\ $A               | /bin:x
          --cap-drop all                      | grep CapEff /proc/self/status | CapEff: 0000000000000000
          --security-opt no-new-privileges    | grep NoNew /proc/self/status  | NoNewPrivs: 1
          --security-opt seccomp=unconfined   | grep Seccomp: /proc/self/status | Seccomp: 0
          -w /tmp                             | pwd                           | /tmp
          --shm-size 1m                       | sh -c stat\\ -fc%b\\ /dev/shm | 256
          """)
  void follows(String options, String command, String said) {
    var all = new java.util.ArrayList<>(List.of("--rm"));
    all.addAll(List.of(options.split(" ")));
    var outcome = store.run(all, words(command)).succeeded();
    assertThat(outcome.stdout().replaceAll("\\s+", " ").strip())
        .isEqualTo(said == null ? "" : said);
  }

  @Test
  void volumes_outlive_containers_and_begin_with_what_the_image_has() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("f"), "old");
    var script = "cp /data/f /v/copy; echo new >/over/f; ls /v; test -e /anonymous";
    var options =
        List.of(
            "--rm",
            "-v",
            data + ":/data:ro",
            "-v",
            "kept:/v",
            "-v",
            data + ":/over:O",
            "-v",
            "/anonymous",
            "-v",
            "copied:/home:nocopy");
    assertThat(store.run(options, "sh", "-c", script).succeeded().stdout()).isEqualTo("copy\n");
    assertThat(data.resolve("f")).hasContent("old");
    assertThat(folder.resolve("store/volumes/kept/_data/copy")).hasContent("old");
    assertThat(folder.resolve("store/volumes/copied/_data")).isEmptyDirectory();
    store.run(List.of("--rm", "-v", "etc:/etc"), "true").succeeded();
    assertThat(folder.resolve("store/volumes/etc/_data/passwd")).exists();
    assertThat(folder.resolve("store/volumes"))
        .isDirectoryNotContaining(each -> String.valueOf(each.getFileName()).length() == 64);
  }

  @Test
  void one_that_stays_has_a_name_and_is_removed_by_it() throws IOException {
    assertThat(store.run(List.of("--name", "one"), "sh", "-c", "exit 3").status()).isEqualTo(3);
    assertThat(store.podman("ps").stdout().lines()).hasSize(1);
    assertThat(store.podman("ps", "-a").stdout()).contains("one", "Exited (3) ", "sh -c exit 3");
    assertThat(store.podman("ps", "-a", "--format", "{{.Names}} {{.ExitCode}}").stdout())
        .isEqualTo("one 3\n");
    assertThat(store.run(List.of("--name", "one"), "true").stderr())
        .contains("the container name \"one\" is already in use by ");
    store.run(List.of("--name", "one", "--replace"), "true").succeeded();
    assertThat(store.podman("rm", "one").stdout()).isEqualTo("one\n");
    assertThat(store.podman("rm", "one").status()).isEqualTo(1);
    assertThat(store.podman("rm", "-f", "one").status()).isZero();
    assertThat(store.containers().toFile().list()).containsExactly(".lock");
  }

  @Test
  void a_signal_reaches_the_program() throws Exception {
    var run =
        start("--rm", "sh", "-c", "trap 'exit 5' TERM; echo up; while :; do sleep 0.05; done");
    assertThat(run.inputReader().readLine()).isEqualTo("up");
    assertThat(store.podman("ps", "--format", "{{.State}}").stdout()).isEqualTo("running\n");
    run.destroy();
    assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).isEqualTo(5);
    assertThat(store.containers().toFile().list()).containsExactly(".lock");
  }

  @Test
  void what_a_killed_launcher_leaves_the_next_command_removes() throws Exception {
    var run = start("--rm", "sh", "-c", "echo up; sleep 60");
    assertThat(run.inputReader().readLine()).isEqualTo("up");
    run.destroyForcibly().waitFor();
    assertThat(store.podman("ps", "-a", "-q").stdout()).isEmpty();
    store.run(GONE, "true").succeeded();
    assertThat(store.containers().toFile().list()).containsExactly(".lock");
  }

  @Test
  void standard_input_is_passed_on_only_when_asked_for() throws Exception {
    var input = Files.writeString(folder.resolve("input"), "typed\n");
    for (var interactive : List.of(true, false)) {
      var options = interactive ? List.of("--rm", "-i") : GONE;
      var run =
          new ProcessBuilder(store.runLine(options, "cat")).redirectInput(input.toFile()).start();
      assertThat(run.inputReader().readAllAsString()).isEqualTo(interactive ? "typed\n" : "");
      assertThat(run.waitFor()).isZero();
    }
  }

  @Test
  @Tag("tool")
  void a_terminal_has_a_size_and_control_c() throws Exception {
    var line =
        String.join(" ", store.runLine(List.of("--rm", "-it")))
            + " sh -c \"trap 'echo caught; exit 4' INT; tty; stty size; while :; do sleep 0.05;"
            + " done\"";
    var terminal = TypedTerminal.running(List.of(), line);
    terminal.await("/dev/pts/0");
    terminal.await("31 77");
    terminal.type("\u0003");
    terminal.await("caught");
    assertThat(terminal.end()).isEqualTo(4);
  }

  /// crun refuses a machine with control groups of both versions; so it does not see the second.
  private String crun() throws IOException {
    var wrapper =
        Files.writeString(
            folder.resolve("crun"),
            """
            #!/bin/sh
            exec unshare -m sh -c 'umount /sys/fs/cgroup/unified 2>/dev/null; exec %s "$@"' crun "$@"
            """
                .formatted(Tool.required("crun").program()));
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    return wrapper.toString();
  }

  @Test
  @Tag("tool")
  void an_installed_runtime_runs_in_the_background() throws IOException {
    var runtime = List.of("--runtime", crun(), "-d", "--name", "c");
    store.run(runtime, "sh", "-c", "echo up; hostname; sleep 100").succeeded();
    // Whoever enters is in the container, not where its runtime is.
    assertThat(store.podman("exec", "c", "cat", "/etc/hostname").succeeded().stdout())
        .isEqualTo(store.podman("exec", "c", "hostname").succeeded().stdout());
    assertThat(store.podman("exec", "c", "readlink", "/proc/1/exe").succeeded().stdout())
        .contains("busybox");
    assertThat(store.podman("logs", "c").stdout()).startsWith("up\n");
    store.podman("stop", "-t", "0", "c").succeeded();
    assertThat(store.podman("wait", "c").stdout()).isEqualTo("137\n");
    store.podman("start", "c").succeeded();
    assertThat(store.podman("ps", "-q").stdout()).isNotEmpty();
    store.podman("rm", "-f", "-t", "0", "c").succeeded();
    var missing = store.run(List.of("--rm", "--runtime", crun()), "nope");
    assertThat(missing.status()).isEqualTo(127);
    assertThat(missing.stderr()).startsWith("Error: run by \"").contains("nope");
  }

  @Test
  @Tag("tool")
  void an_installed_runtime_runs_the_same() throws IOException {
    String[] words = {"sh", "-c", "id -u; hostname; cat /etc/hostname; exit 6"};
    var options = List.of("--rm", "-u", "someone", "-h", "box");
    var ours = store.run(options, words);
    var theirs =
        store.run(List.of("--runtime", crun(), "--rm", "-u", "someone", "-h", "box"), words);
    assertThat(theirs.stdout()).isEqualTo("1000\nbox\nbox\n").isEqualTo(ours.stdout());
    assertThat(theirs.status()).isEqualTo(6).isEqualTo(ours.status());
  }

  @Test
  void a_folder_may_be_the_root_file_system() {
    dev.ocij.testing.Busybox.required().writeRootfs(folder.resolve("root"));
    var outcome =
        store.podman("run", "--rm", "--rootfs", folder.resolve("root").toString(), "/bin/pwd");
    assertThat(outcome.succeeded().stdout()).isEqualTo("/\n");
    assertThat(folder.resolve("root/bin/busybox")).exists();
  }

  /// Where control groups of version 2 are the caller's, limits end with a sentence for now.
  @Test
  void limits_that_cannot_be_set_are_told() {
    var options = List.of("--rm", "--memory", "1g", "--pids-limit", "-1");
    var outcome = store.run(options, "echo", "up").succeeded();
    assertThat(outcome.stdout()).isEqualTo("up\n");
    assertThat(outcome.stderr())
        .matches(
            "|time=\\S+ level=warning msg=\"--memory\\b.*: limits of memory and processors are not"
                + " set: .*\n");
  }

  private Process start(String option, String... words) throws IOException {
    return new ProcessBuilder(store.runLine(List.of(option), words)).start();
  }
}
