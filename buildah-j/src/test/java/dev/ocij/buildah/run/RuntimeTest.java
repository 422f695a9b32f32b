package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `podman-j runtime`, the command line of OCI runtimes, and the same bundles under crun.
@Tag("distribution")
@Tag("namespace")
class RuntimeTest {
  private static final String MOUNTS =
      """
      {"destination":"/proc","type":"proc","source":"proc","options":["nosuid","noexec","nodev"]},
      {"destination":"/dev","type":"tmpfs","source":"tmpfs","options":["nosuid","mode=755"]},
      {"destination":"/dev/pts","type":"devpts","source":"devpts",
       "options":["nosuid","noexec","newinstance","ptmxmode=0666","mode=0620"]}\
      """;

  @TempDir Path folder;

  /// Runs a command of the runtime.
  private interface Engine {
    Outcome after(List<String> prefix, String... args);

    default Outcome run(String... args) {
      return after(List.of(), args);
    }

    /// A container holds the streams that it was made with; a test would wait for their end.
    default Outcome quietly(String... args) {
      return after(List.of("sh", "-c", "exec \"$@\" >/dev/null 2>&1", "sh"), args);
    }
  }

  @ParameterizedTest
  @Tag("root")
  @Tag("tool")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          process | "user":{"uid":1000,"gid":1000,"additionalGids":[7]} | id -u; id -G
          process | "user":{"uid":5,"gid":6,"umask":63}           | umask
          process | "cwd":"/tmp"                                  | pwd
          process | "env":["PATH=/bin","A=b c"]                   | echo $A
          process | "rlimits":[{"type":"RLIMIT_NOFILE","soft":99,"hard":200}] | ulimit -n; ulimit -Hn
          process | "noNewPrivileges":true                        | grep NoNew /proc/self/status
          process | "oomScoreAdj":500                             | cat /proc/self/oom_score_adj
          process | "capabilities":{"bounding":["CAP_CHOWN"],"effective":["CAP_CHOWN"],"permitted":["CAP_CHOWN"]} | grep Cap /proc/self/status
          process | "user":{"uid":7,"gid":7},"capabilities":{"bounding":["CAP_CHOWN","CAP_KILL"],"effective":["CAP_CHOWN"],"permitted":["CAP_CHOWN","CAP_KILL"],"inheritable":["CAP_CHOWN"],"ambient":["CAP_CHOWN"]} | grep Cap /proc/self/status
          top     | "hostname":"box"                              | hostname
          root    | "readonly":true                               | touch /x 2>/dev/null; echo $?
          mounts  | {"destination":"/mnt/t","type":"tmpfs","source":"tmpfs","options":["size=4k","mode=700","noexec"]} | stat -c %a /mnt/t; grep -c noexec.*size=4k /proc/mounts
          mounts  | {"destination":"/mnt/b","type":"bind","source":"SHARED","options":["rbind","ro"]} | cat /mnt/b/f; touch /mnt/b/g 2>/dev/null; echo $?
          mounts  | {"destination":"/mnt/f","type":"bind","source":"SHARED/f","options":["bind"]} | cat /mnt/f
          linux   | "maskedPaths":["/proc/keys","/etc","/nope"]   | cat /proc/keys; echo /etc/*; echo $?
          linux   | "readonlyPaths":["/proc/sys","/tmp"]          | echo x >/tmp/x; echo $?
          linux   | "sysctl":{"kernel.shm_rmid_forced":"1"}       | cat /proc/sys/kernel/shm_rmid_forced
          linux   | "seccomp":{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO","errnoRet":28}]} | mkdir /x 2>&1; echo $?
          top     | "annotations":{"a":"b"}                       | echo $$; exit 9
          """)
  void a_bundle_runs_as_under_crun(String place, String json, String script) throws IOException {
    Require.root();
    var bundle = bundle(folder, place, json.replace("SHARED", shared().toString()), script);
    var ours = engine().run("run", "--bundle", bundle.toString(), "ours");
    var theirs = Run.of(List.of(crun(), "run", "--bundle", bundle.toString(), name())).outcome();
    assertThat(ours.stdout()).isEqualTo(theirs.stdout());
    assertThat(ours.status()).isEqualTo(theirs.status());
    assertThat(ours.stderr()).isEqualTo(theirs.stderr());
  }

  @Test
  @Tag("root")
  void limits_are_told_not_to_be_set() throws IOException {
    Require.root();
    var bundle = bundle(folder, "linux", "\"resources\":{\"pids\":{\"limit\":5}}", "echo up");
    var outcome = engine().run("run", "--bundle", bundle.toString(), "one").succeeded();
    assertThat(outcome.stdout()).isEqualTo("up\n");
    assertThat(outcome.stderr())
        .endsWith(
            "level=warning msg=\"limits of control groups are not implemented yet; none is"
                + " set\"\n");
  }

  /// The options of `exec` and what it runs; `PROCESS` is a file.
  private static final String ENTRIES =
      """
                                            | id -u; id -g; pwd; echo $A; exit 3
      --user 5:6                            | id -u; id -g
      --user 5                              | id -u; id -g
      --cwd /tmp                            | pwd
      --no-new-privs                        | grep NoNew /proc/self/status
                                            | grep -E 'Cap|NoNew|Seccomp:' /proc/self/status
                                            | echo $(ls /proc/self/fd); hostname
      --cwd /nowhere                        | true
      """;

  @Test
  @Tag("root")
  @Tag("tool")
  void a_program_enters_as_under_crun() throws IOException {
    Require.root();
    var process =
        "\"env\":[\"PATH=/bin\",\"A=1\"],\"user\":{\"uid\":0,\"gid\":0,\"additionalGids\":[7]},"
            + "\"capabilities\":{\"bounding\":[\"CAP_CHOWN\"],\"effective\":[\"CAP_CHOWN\"],"
            + "\"permitted\":[\"CAP_CHOWN\"]}";
    var bundle = bundle(folder, "process", process, "exec sleep 60");
    var theirs = crunEngine();
    var name = name();
    engine().quietly("create", "--bundle", bundle.toString(), name).succeeded();
    theirs.quietly("create", "--bundle", bundle.toString(), name).succeeded();
    try {
      engine().run("start", name).succeeded();
      theirs.run("start", name).succeeded();
      for (var row : ENTRIES.lines().toList()) {
        var ours = entered(engine(), name, row);
        var like = entered(theirs, name, row);
        assertThat(ours.stdout()).as(row).isEqualTo(like.stdout());
        assertThat(ours.status() == 0).as(row + ours.stderr()).isEqualTo(like.status() == 0);
      }
      // As its manual says and runc does; crun takes all others away.
      assertThat(
              entered(engine(), name, "--cap CAP_SYS_TIME | grep CapEff /proc/self/status")
                  .stdout())
          .isEqualTo("CapEff:\t0000000002000001\n");
      entersFromAFile(bundle, name);
    } finally {
      engine().run("delete", "--force", name).succeeded();
      theirs.run("delete", "--force", name);
    }
    assertThat(engine().run("exec", name, "true").stderr()).contains("does not exist");
  }

  private static Outcome entered(Engine engine, String name, String row) {
    var cells = row.split("\\|", 2);
    var line = new ArrayList<>(List.of("exec"));
    if (!cells[0].isBlank()) {
      line.addAll(List.of(cells[0].strip().split(" ")));
    }
    line.addAll(List.of(name, "sh", "-c", cells[1].strip()));
    return engine.run(line.toArray(String[]::new));
  }

  private void entersFromAFile(Path bundle, String name) throws IOException {
    var process = bundle.resolve("process.json");
    Files.writeString(
        process,
        """
        {"args":["/bin/sh","-c","pwd; id -u; cat /proc/self/oom_score_adj; echo $X >/tmp/was; sleep 60"],
         "cwd":"/tmp","env":["X=y"],"user":{"uid":3,"gid":4},"oomScoreAdj":700}
        """);
    var pid = bundle.resolve("exec.pid");
    var begun =
        engine()
            .quietly("exec", "-d", "--pid-file", "" + pid, "--process", "" + process, name)
            .succeeded();
    assertThat(begun.stderr()).isEmpty();
    var status = Files.readString(Path.of("/proc", Files.readString(pid), "status"));
    assertThat(status).contains("Uid:\t3\t3\t3\t3", "Gid:\t4\t4\t4\t4");
    assertThat(Path.of("/proc", Files.readString(pid), "oom_score_adj")).hasContent("700\n");
    Files.writeString(process, "{\"terminal\":true,\"args\":[\"true\"]}");
    assertThat(engine().run("exec", "--process", "" + process, name).stderr())
        .contains("--console-socket says who gets it");
    Files.writeString(process, "{\"apparmorProfile\":\"x\",\"args\":[\"true\"]}");
    assertThat(engine().run("exec", "--process", "" + process, name).stderr())
        .contains("process.apparmorProfile is not implemented yet");
    assertThat(engine().run("exec", "--user", "ada", name, "true").stderr()).contains("UID[:GID]");
    assertThat(engine().run("exec", name).stderr()).contains("exec needs a program");
    var variables = engine().run("exec", "-e", "A=2", "-e", "B=3", name, "sh", "-c", "echo $A $B");
    assertThat(variables.stdout()).isEqualTo("2 3\n");
  }

  private Engine crunEngine() throws IOException {
    var crun = crun();
    return (prefix, args) -> {
      var line = new ArrayList<>(prefix);
      line.addAll(List.of(crun, "--root", folder.resolve("theirs").toString()));
      line.addAll(List.of(args));
      return Run.of(line).outcome();
    };
  }

  @Test
  @Tag("root")
  void root_creates_starts_and_deletes() throws IOException {
    Require.root();
    lives(
        bundle(folder, "top", "\"annotations\":{\"a\":\"b\"}", "echo up; exec sleep 60"), engine());
  }

  @Test
  void a_user_with_subordinate_ids_creates_starts_and_deletes() throws IOException {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var bundle =
          bundle(user.home(), "top", "\"annotations\":{\"a\":\"b\"}", "echo up; exec sleep 60");
      Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
      var program = store.prefix().getFirst();
      lives(
          bundle,
          (prefix, args) -> {
            var line = new ArrayList<>(prefix);
            line.addAll(List.of(program, "runtime", "--root"));
            line.add(user.home().resolve("state").toString());
            line.addAll(List.of(args));
            return user.run(line.toArray(String[]::new));
          });
    }
  }

  /// The life of a container in the commands of an engine.
  private static void lives(Path bundle, Engine engine) throws IOException {
    var pidFile = bundle.resolve("pid");
    create(bundle, engine, pidFile);
    assertThat(engine.run("state", "one").succeeded().stdout())
        .contains("\"status\": \"created\"", "\"bundle\": \"" + bundle + "\"", "\"a\": \"b\"");
    assertThat(engine.run("delete", "one").stderr()).contains("it is created; stop it, or add");
    assertThat(engine.run("create", "-b", bundle.toString(), "one").stderr())
        .contains("already exists");
    engine.run("start", "one").succeeded();
    assertThat(engine.run("start", "one").stderr()).contains("it is running, not created");
    assertThat(engine.run("state", "one").stdout()).contains("\"status\": \"running\"");
    assertThat(Path.of("/proc", Files.readString(pidFile), "root")).exists();
    assertThat(engine.run("exec", "--cwd", "/bin", "one", "sh", "-c", "pwd; id -u").stdout())
        .isEqualTo("/bin\n0\n");
    assertThat(engine.run("kill", "one", "KILL").status()).isZero();
    assertThat(engine.run("delete", "--force", "one").status()).isZero();
    assertThat(engine.run("state", "one").stderr()).isEqualTo("container \"one\" does not exist\n");
    assertThat(engine.run("delete", "--force", "one").status()).isZero();
    // What has ended may stay in the table of processes until somebody asks for its status.
    assertThat(Files.exists(Path.of("/proc", Files.readString(pidFile), "root"))).isFalse();
  }

  private static void create(Path bundle, Engine engine, Path pidFile) {
    engine
        .quietly("create", "--bundle", bundle.toString(), "--pid-file", pidFile.toString(), "one")
        .succeeded();
  }

  @ParameterizedTest
  @Tag("root")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          top   | "hooks":{"prestart":[{"path":"/bin/true"}]} | config.json: hooks is not implemented yet
          linux | "namespaces":[{"type":"user"}]              | config.json: a user namespace is not implemented yet
          linux | "personality":{"domain":"LINUX32"}          | config.json: linux.personality is not implemented yet
          linux | "devices":[{"path":"/dev/x","type":"c","major":1,"minor":3}] | config.json: linux.devices is not implemented yet
          process | "terminal":true                           | --console-socket says who gets it
          """)
  void what_is_not_followed_is_refused(String place, String json, String error) throws IOException {
    Require.root();
    var log = folder.resolve("log");
    var bundle = bundle(folder, place, json, "true");
    var outcome =
        Run.of(
                List.of(
                    program(),
                    "runtime",
                    "--log",
                    log.toString(),
                    "--log-format",
                    "json",
                    "create",
                    "--bundle",
                    bundle.toString(),
                    "no"))
            .outcome();
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.stderr()).contains(error);
    assertThat(log).content().contains("\"level\":\"error\"").contains(error);
  }

  @Test
  @Tag("root")
  @Tag("tool")
  void buildah_runs_its_steps_by_us() throws IOException {
    Require.root();
    var store = BusyboxStore.in(folder);
    var script = script(program() + " runtime --root " + folder.resolve("state"));
    Files.writeString(
        folder.resolve("Containerfile"),
        "FROM %s\nRUN id -u >/by && hostname\n".formatted(store.image()));
    var built =
        Run.of(
                List.of(
                    Tool.required("buildah").program().toString(),
                    "--root=" + folder.resolve("theirs"),
                    "--runroot=" + folder.resolve("run"),
                    "--storage-driver=vfs",
                    "--cgroup-manager=cgroupfs",
                    "build",
                    "--runtime=" + script,
                    "--network=host",
                    "-t",
                    "oci:" + folder.resolve("built") + ":x",
                    folder.toString()))
            .in(folder)
            .within(Duration.ofMinutes(5))
            .outcome();
    assertThat(built.status()).as(built.stderr()).isZero();
    assertThat(folder.resolve("built/index.json")).exists();
  }

  private Engine engine() {
    return (prefix, args) -> {
      var line = new ArrayList<>(prefix);
      line.addAll(List.of(program(), "runtime", "--root"));
      line.add(folder.resolve("state").toString());
      line.addAll(List.of(args));
      return Run.of(line).outcome();
    };
  }

  private static String program() {
    return Launcher.PODMAN_J.distribution().resolve("bin/podman-j").toString();
  }

  private Path shared() throws IOException {
    var shared = Files.createDirectories(folder.resolve("shared"));
    Files.writeString(shared.resolve("f"), "content\n");
    return shared;
  }

  /// crun refuses a machine with control groups of both versions; so it does not see the second.
  private String crun() throws IOException {
    var crun = Tool.required("crun").program();
    return script(
            "unshare -m sh -c 'umount /sys/fs/cgroup/unified 2>/dev/null; exec %s \"$@\"' crun"
                .formatted(crun))
        .toString();
  }

  private Path script(String command) throws IOException {
    var file = Files.createTempFile(folder, "runtime", "");
    Files.writeString(file, "#!/bin/sh\nexec %s \"$@\"\n".formatted(command));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static String name() {
    return "ocij-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  }

  /// Writes a bundle whose program is a script of the shell.
  ///
  /// @param place of `json` in the configuration
  private static Path bundle(Path folder, String place, String json, String script)
      throws IOException {
    var bundle = Files.createDirectories(folder.resolve("bundle"));
    Busybox.required().writeRootfs(bundle.resolve("rootfs"));
    var process = place.equals("process") ? json + "," : "";
    var config =
        """
        {"ociVersion":"1.0.2",
         "process":{%s %s %s %s "args":["/bin/sh","-c",%s]},
         "root":{"path":"rootfs"%s},
         "mounts":[%s%s],
         %s
         "linux":{%s%s}}
        """
            .formatted(
                process,
                process.contains("\"cwd\"") ? "" : "\"cwd\":\"/\",",
                process.contains("\"env\"") ? "" : "\"env\":[\"PATH=/bin\"],",
                process.contains("\"user\"") ? "" : "\"user\":{\"uid\":0,\"gid\":0},",
                quoted(script),
                place.equals("root") ? "," + json : "",
                MOUNTS,
                place.equals("mounts") ? "," + json : "",
                place.equals("top") ? json + "," : "",
                json.contains("namespaces")
                    ? ""
                    : "\"namespaces\":[{\"type\":\"pid\"},{\"type\":\"ipc\"},{\"type\":\"uts\"},{\"type\":\"mount\"}]"
                        + (place.equals("linux") ? "," : ""),
                place.equals("linux") ? json : "");
    Files.writeString(bundle.resolve("config.json"), config);
    return bundle;
  }

  private static String quoted(String script) {
    return '"' + script.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
