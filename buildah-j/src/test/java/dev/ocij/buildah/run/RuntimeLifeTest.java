package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of a container in the commands of `podman-j runtime`.
@Tag("distribution")
@Tag("namespace")
class RuntimeLifeTest {
  @TempDir Path folder;

  @Test
  @Tag("root")
  void root_creates_starts_and_deletes() throws IOException {
    Require.root();
    lives(
        ScriptBundle.write(
            folder, "top", "\"annotations\":{\"a\":\"b\"}", "echo up; exec sleep 60"),
        RuntimeEngine.ours(folder));
  }

  @Test
  void a_user_with_subordinate_ids_creates_starts_and_deletes() throws IOException {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var bundle =
          ScriptBundle.write(
              user.home(), "top", "\"annotations\":{\"a\":\"b\"}", "echo up; exec sleep 60");
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
  private static void lives(Path bundle, RuntimeEngine engine) throws IOException {
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

  private static void create(Path bundle, RuntimeEngine engine, Path pidFile) {
    engine
        .quietly("create", "--bundle", bundle.toString(), "--pid-file", pidFile.toString(), "one")
        .succeeded();
  }
}
