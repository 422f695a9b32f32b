package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `podman-j runtime exec`, beside that of crun.
@Tag("distribution")
@Tag("namespace")
class RuntimeEntryTest {
  @TempDir Path folder;

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
    var bundle = ScriptBundle.write(folder, "process", process, "exec sleep 60");
    var theirs = RuntimeEngine.crun(folder);
    var name = RuntimeEngine.newName();
    RuntimeEngine.ours(folder).quietly("create", "--bundle", bundle.toString(), name).succeeded();
    theirs.quietly("create", "--bundle", bundle.toString(), name).succeeded();
    try {
      RuntimeEngine.ours(folder).run("start", name).succeeded();
      theirs.run("start", name).succeeded();
      for (var row : ENTRIES.lines().toList()) {
        var ours = entered(RuntimeEngine.ours(folder), name, row);
        var like = entered(theirs, name, row);
        assertThat(ours.stdout()).as(row).isEqualTo(like.stdout());
        assertThat(ours.status() == 0).as(row + ours.stderr()).isEqualTo(like.status() == 0);
      }
      // As its manual says and runc does; crun takes all others away.
      assertThat(
              entered(
                      RuntimeEngine.ours(folder),
                      name,
                      "--cap CAP_SYS_TIME | grep CapEff /proc/self/status")
                  .stdout())
          .isEqualTo("CapEff:\t0000000002000001\n");
      entersFromAFile(bundle, name);
    } finally {
      RuntimeEngine.ours(folder).run("delete", "--force", name).succeeded();
      theirs.run("delete", "--force", name);
    }
    assertThat(RuntimeEngine.ours(folder).run("exec", name, "true").stderr())
        .contains("does not exist");
  }

  private static Outcome entered(RuntimeEngine engine, String name, String row) {
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
        RuntimeEngine.ours(folder)
            .quietly("exec", "-d", "--pid-file", "" + pid, "--process", "" + process, name)
            .succeeded();
    assertThat(begun.stderr()).isEmpty();
    var status = Files.readString(Path.of("/proc", Files.readString(pid), "status"));
    assertThat(status).contains("Uid:\t3\t3\t3\t3", "Gid:\t4\t4\t4\t4");
    assertThat(Path.of("/proc", Files.readString(pid), "oom_score_adj")).hasContent("700\n");
    Files.writeString(process, "{\"terminal\":true,\"args\":[\"true\"]}");
    assertThat(RuntimeEngine.ours(folder).run("exec", "--process", "" + process, name).stderr())
        .contains("--console-socket says who gets it");
    Files.writeString(process, "{\"apparmorProfile\":\"x\",\"args\":[\"true\"]}");
    assertThat(RuntimeEngine.ours(folder).run("exec", "--process", "" + process, name).stderr())
        .contains("process.apparmorProfile is not implemented yet");
    assertThat(RuntimeEngine.ours(folder).run("exec", "--user", "ada", name, "true").stderr())
        .contains("UID[:GID]");
    assertThat(RuntimeEngine.ours(folder).run("exec", name).stderr())
        .contains("exec needs a program");
    var variables =
        RuntimeEngine.ours(folder)
            .run("exec", "-e", "A=2", "-e", "B=3", name, "sh", "-c", "echo $A $B");
    assertThat(variables.stdout()).isEqualTo("2 3\n");
  }
}
