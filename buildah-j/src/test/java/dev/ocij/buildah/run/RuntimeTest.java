package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  @TempDir Path folder;

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
    var bundle =
        ScriptBundle.write(folder, place, json.replace("SHARED", shared().toString()), script);
    var ours = RuntimeEngine.ours(folder).run("run", "--bundle", bundle.toString(), "ours");
    var theirs =
        Run.of(
                List.of(
                    RuntimeEngine.crunProgram(folder),
                    "run",
                    "--bundle",
                    bundle.toString(),
                    RuntimeEngine.newName()))
            .outcome();
    assertThat(ours.stdout()).isEqualTo(theirs.stdout());
    assertThat(ours.status()).isEqualTo(theirs.status());
    assertThat(ours.stderr()).isEqualTo(theirs.stderr());
  }

  @Test
  @Tag("root")
  void limits_are_told_not_to_be_set() throws IOException {
    Require.root();
    var bundle =
        ScriptBundle.write(folder, "linux", "\"resources\":{\"pids\":{\"limit\":5}}", "echo up");
    var outcome =
        RuntimeEngine.ours(folder).run("run", "--bundle", bundle.toString(), "one").succeeded();
    assertThat(outcome.stdout()).isEqualTo("up\n");
    assertThat(outcome.stderr())
        .endsWith(
            "level=warning msg=\"limits of control groups are not implemented yet; none is"
                + " set\"\n");
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
    var bundle = ScriptBundle.write(folder, place, json, "true");
    var outcome =
        Run.of(
                List.of(
                    RuntimeEngine.program(),
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
    var script =
        RuntimeEngine.script(
            folder, RuntimeEngine.program() + " runtime --root " + folder.resolve("state"));
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

  private Path shared() throws IOException {
    var shared = Files.createDirectories(folder.resolve("shared"));
    Files.writeString(shared.resolve("f"), "content\n");
    return shared;
  }
}
