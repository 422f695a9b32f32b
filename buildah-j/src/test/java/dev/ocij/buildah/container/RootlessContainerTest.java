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
  void mounts_show_caches_and_files_that_nothing_is_done_to() throws IOException {
    Files.createDirectory(user.home().resolve("lent"));
    Files.writeString(user.home().resolve("lent/file"), "lent\n");
    var outcome =
        shell(
            """
            buildah-j from --name c --signature-policy policy.json oci:base:base >/dev/null
            run() { buildah-j run --signature-policy policy.json --mount "$1" c -- sh -c "$2"; }
            run type=bind,src=$PWD/lent,dst=/m 'cat /m/file; touch /m/new || echo kept' 2>&1
            run type=bind,src=lent,dst=/m,rw 'touch /m/new; ls /m'
            run type=bind,src=lent/file,dst=/m,rw 'echo more >>/m; cat /m'
            run type=bind,from=oci:base:base,src=/bin,dst=/m 'test -x /m/sh && echo of an image'
            run type=cache,target=/m,mode=0711 'stat -c %a /m; echo one >/m/a'
            run type=cache,target=/m,sharing=locked 'cat /m/a'
            run type=cache,target=/m,id=other,from=oci:base:base,source=/bin 'test -x /m/sh && echo filled'
            run type=tmpfs,dst=/m,tmpfs-size=1m 'df -k /m | grep -c 1024'
            ls lent
            buildah-j run c -- sh -c 'ls -d /m || echo nothing is left' 2>/dev/null
            """);
    assertThat(outcome.stdout())
        .isEqualTo(
            """
            lent
            touch: /m/new: Read-only file system
            kept
            file
            new
            lent
            more
            of an image
            711
            one
            filled
            1
            file
            nothing is left
            """);
  }

  @Test
  void the_directory_of_a_command_is_its_user_s_and_stays() {
    var outcome =
        shell(
            """
            buildah-j from --name c --signature-policy policy.json oci:base:base >/dev/null
            buildah-j config --workingdir /w/x --user 7:8 c
            buildah-j run c -- sh -c 'pwd; touch made; stat -c "%u:%g %a" /w .'
            buildah-j run --user 0 --workingdir /new c -- stat -c '%u:%g' . /w/x/made
            buildah-j run --workingdir /bin/sh c true
            echo "$?"
            buildah-j rm c >/dev/null
            """);
    assertThat(outcome.stdout()).isEqualTo("/w/x\n7:8 755\n7:8 755\n0:0\n7:8\n125\n");
    assertThat(outcome.stderr()).contains(": something else is there");
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

  /// What a machine without delegated control groups does not keep is told where it was asked for.
  @Test
  void limits_are_those_of_from_or_told() {
    var outcome =
        shell(
            """
            buildah-j from -q --name c --memory 64m --cpu-shares 7 --signature-policy policy.json oci:base:base
            buildah-j run c -- sh -c 'cat /sys/fs/cgroup/memory.max 2>/dev/null || echo none'
            """);
    assertThat(outcome.stdout()).startsWith("c\n");
    if (outcome.stderr().isEmpty()) {
      assertThat(outcome.stdout()).isEqualTo("c\n67108864\n");
    } else {
      assertThat(outcome.stderr())
          .startsWith("[Warning] limits of memory and processors are not set: ")
          .hasLineCount(1);
    }
  }

  private Outcome shell(String script) {
    return user.with("sh", "-c", "PATH=$HOME/dist/bin:$PATH\n" + script).within(LONGEST).outcome();
  }
}
