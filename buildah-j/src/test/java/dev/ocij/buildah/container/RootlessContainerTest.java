package dev.ocij.buildah.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Working containers of a user who is not root.
@Tag("namespace")
@Tag("distribution")
class RootlessContainerTest {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String POLICY = "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}";

  private OrdinaryUser user;

  @BeforeEach
  void prepare() throws IOException {
    user = OrdinaryUser.withSubordinateIds();
    Busybox.required().writeLayout(user.home().resolve("base"), "base");
    Files.writeString(user.home().resolve("policy.json"), POLICY);
    var distribution = Launcher.BUILDAH_J.distribution().toString();
    var copy = user.home().resolve("dist").toString();
    Tool.required("cp").run("-r", distribution, copy).succeeded();
    Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
  }

  @AfterEach
  void close() {
    user.close();
  }

  @Test
  void a_tree_is_mounted_in_a_session_and_is_a_layer_afterwards() {
    var outcome =
        shell(
            """
            buildah-j from --name c --signature-policy policy.json oci:base:base >/dev/null
            buildah-j mount c
            echo "mounted $?"
            buildah-j unshare sh -c '
              mnt=$(buildah-j mount c)
              echo live >$mnt/live
              chown 5:6 $mnt/live
              buildah-j run c cat /live
              exit 9'
            echo "session $?"
            buildah-j run c -- stat -c '%u:%g %s' /live
            buildah-j commit -q c oci:layout:x
            buildah-j rm c >/dev/null
            """);
    assertThat(outcome.stdout()).isEqualTo("mounted 125\nlive\nsession 9\n5:6 5\n");
    assertThat(outcome.stderr())
        .contains("Error: cannot mount in rootless mode: ", "buildah-j unshare");
    assertThat(user.home().resolve("layout/index.json")).exists();
  }

  @Test
  void devices_are_those_of_from_and_of_run() {
    var outcome =
        shell(
            """
            buildah-j from --name c --device /dev/zero:/dev/nought --signature-policy policy.json oci:base:base >/dev/null
            buildah-j run c -- sh -c 'head -c 2 /dev/nought | wc -c; ls /dev/full2 2>/dev/null'
            buildah-j run --device /dev/full:/dev/full2 c -- sh -c 'echo x >/dev/full2; head -c 3 /dev/nought | wc -c'
            buildah-j from --device /dev/nope --signature-policy policy.json oci:base:base
            echo "$?"
            buildah-j rm c >/dev/null
            """);
    assertThat(outcome.stdout()).isEqualTo("2\n3\n125\n");
    assertThat(outcome.stderr()).contains("No space left on device", "/dev/nope");
  }

  private Outcome shell(String script) {
    return user.with("sh", "-c", "PATH=$HOME/dist/bin:$PATH\n" + script).within(LONGEST).outcome();
  }
}
