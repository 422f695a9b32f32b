package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What containers have of others and of the kernel, for whichever user a subclass stands for.
abstract class SharingContract extends ContainerContract {
  @AfterEach
  void removeVolumes() {
    podman("rm", "-f", "-t", "0", "-a");
    podman("volume", "prune", "-f");
  }

  @Test
  void a_secret_is_a_file_or_a_variable_and_stays_when_it_is_removed() {
    as(
            "sh",
            "-c",
            "printf hidden | " + String.join(" ", store().line("secret", "create", "s", "-")))
        .succeeded();
    podman(
            "create",
            "--name=a",
            "--secret=s",
            "--secret=s,target=/etc/key,uid=1,gid=2,mode=400",
            "--secret=s,type=env,target=PASSWORD",
            store().image(),
            "sh",
            "-c",
            "cat /run/secrets/s; stat -c ' %a %u:%g' /run/secrets/s /etc/key; echo $PASSWORD")
        .succeeded();
    podman("secret", "rm", "s").succeeded();
    for (int i = 0; i < 2; i++) {
      assertThat(podman("start", "-a", "a").succeeded().stdout())
          .isEqualTo("hidden 444 0:0\n 400 1:2\nhidden\n");
    }
    assertThat(podman("inspect", "a").stdout()).doesNotContain("hidden");
  }

  @Test
  void volumes_of_another_container_are_shared_as_long_as_somebody_has_them() {
    run("a", "echo named > /n/f; echo anonymous > /a/f", "-v", "named:/n", "-v", "/a");
    podman("wait", "a").succeeded();
    var shown =
        podman("run", "--rm", "--volumes-from", "a", store().image(), "cat", "/n/f", "/a/f");
    assertThat(shown.succeeded().stdout()).isEqualTo("named\nanonymous\n");
    var refused =
        podman("run", "--rm", "--volumes-from", "a:ro", store().image(), "touch", "/a/new");
    assertThat(refused.stderr()).contains("Read-only file system");
    run("b", "sleep 100", "--volumes-from", "a", "-v", "own:/n");
    podman("rm", "a").succeeded();
    assertThat(podman("exec", "b", "cat", "/a/f").succeeded().stdout()).isEqualTo("anonymous\n");
    assertThat(podman("exec", "b", "ls", "/n").succeeded().stdout()).isEmpty();
    assertThat(podman("ps", "--format", "{{.Mounts}}").stdout().strip().split(","))
        .containsExactlyInAnyOrder("/n", "/a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -v=$d:/d:rshared  | rshared  | inside | outside | is not a shared mount
          -v=$d:/d:rslave   | rslave   | ''     | outside | is not a shared or slave mount
          -v=$d:/d:rprivate | rprivate | ''     | ''      | ''
          -v=$d:/d:U        | rprivate | ''     | ''      | ''
          --mount=type=bind,src=$d,dst=/d,bind-propagation=shared | shared | inside | outside | is not a shared mount
          """)
  void later_mounts_are_seen_as_far_as_they_are_shared(
      String mount, String mode, String fromInside, String fromOutside, String refusal) {
    var podman = String.join(" ", store().line());
    var script =
        """
        d=$(mktemp -d); mount -t tmpfs none $d; mount --make-shared $d
        PODMAN run -d --name=c --cap-add=SYS_ADMIN --security-opt=seccomp=unconfined \\
          MOUNT IMAGE sh -c \\
          'mkdir /d/in; mount -t tmpfs none /d/in; touch /d/in/inside; exec sleep 100' >/dev/null
        until PODMAN exec c test -e /d/in/inside; do :; done
        mkdir $d/late; mount -t tmpfs none $d/late; touch $d/late/outside
        echo "[$(ls $d/in)] [$(PODMAN exec c ls /d/late)]"
        PODMAN inspect -f '{{(index .Mounts 0).Propagation}}' c
        PODMAN rm -f -t 0 c >/dev/null
        umount $d/late; umount $d/in 2>/dev/null; mount --make-private $d
        PODMAN run --rm MOUNT IMAGE true
        """
            .replace("PODMAN", podman)
            .replace("IMAGE", store().image())
            .replace("MOUNT", mount);
    var shown = podman("unshare", "unshare", "--mount", "sh", "-c", script);
    assertThat(shown.stdout())
        .isEqualTo("[%s] [%s]\n%s\n".formatted(fromInside, fromOutside, mode));
    assertThat(shown.stderr()).contains(refusal);
    assertThat(shown.status()).isEqualTo(refusal.isEmpty() ? 0 : 125);
  }

  @Test
  void volumes_may_be_memory_or_a_folder_of_the_host() {
    as("mkdir", "-p", store().folder() + "/given").succeeded();
    as("touch", store().folder() + "/given/f").succeeded();
    var device = "device=" + store().folder() + "/given";
    podman("volume", "create", "-o", "type=none", "-o", "o=bind,ro", "-o", device, "host")
        .succeeded();
    podman("volume", "create", "--opt", "type=tmpfs", "--opt=o=size=64k,mode=700", "memory")
        .succeeded();
    var script = "ls /h; touch /h/new; df -k /m | tail -n 1; stat -c %a /m";
    var shown = shell("-v=host:/h", "-v=memory:/m", "--rm", script);
    assertThat(shown.stdout()).matches("f\n.* 64 .*\n700\n");
    assertThat(shown.stderr()).contains("/h/new: Read-only file system");
    assertThat(podman("volume", "inspect", "-f", "{{.Options}}", "memory").stdout())
        .isEqualTo("map[o:size=64k,mode=700 type:tmpfs]\n");
    podman("volume", "rm", "host", "memory").succeeded();
    assertThat(as("ls", store().folder() + "/given").stdout()).isEqualTo("f\n");
    var nfs = podman("volume", "create", "-o", "type=nfs", "-o", "o=addr=192.0.2.1", "n");
    assertThat(nfs.stderr()).contains("type=nfs: only root mounts that");
    assertThat(nfs.status()).isEqualTo(125);
    assertThat(podman("volume", "create", "-o", "size=1m", "n").stderr())
        .contains("invalid mount option \"size\" for driver 'local'");
    assertThat(podman("volume", "create", "-o", "o=bind", "-o", "device=/no/such", "n").stderr())
        .contains("expected the path of a folder");
    assertThat(podman("volume", "exists", "n").status()).isEqualTo(1);
  }

  @Test
  void an_image_is_a_folder_of_the_container() {
    run("a", "mkdir -p /d/e; echo text > /d/e/f");
    podman("wait", "a").succeeded();
    podman("commit", "-q", "a", "data").succeeded();
    var read = "--mount=type=image,source=data,destination=/m";
    assertThat(shell("--rm", read, "cat /m/d/e/f; ls -d /m/bin").succeeded().stdout())
        .isEqualTo("text\n/m/bin\n");
    assertThat(shell("--rm", read, "echo > /m/new").stderr()).contains("Read-only file system");
    run("b", "echo more >> /m/f; exec sleep 100", read + ",rw=true,subpath=d/e");
    podman("rmi", "-f", "data").succeeded();
    eventually("written", "text\nmore\n", "exec", "b", "cat", "/m/f");
    var missing =
        shell(
            "--rm",
            "--mount=type=image,src=%s,dst=/m,subpath=no".formatted(store().image()),
            "true");
    assertThat(missing.status()).isEqualTo(125);
    assertThat(missing.stderr()).contains("there is no folder \"no\" in it");
  }

  @Test
  void parameters_of_the_kernel_are_its_own() {
    var shown =
        podman(
            "run",
            "--rm",
            "--network=none",
            "--sysctl=kernel.shmmax=123456",
            "--sysctl=net.ipv4.ip_unprivileged_port_start=7",
            "--oom-score-adj=300",
            store().image(),
            "cat",
            "/proc/sys/kernel/shmmax",
            "/proc/sys/net/ipv4/ip_unprivileged_port_start",
            "/proc/self/oom_score_adj");
    assertThat(shown.succeeded().stdout()).isEqualTo("123456\n7\n300\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sysctl=vm.swappiness=1                | is not of a namespace
          --sysctl=net.ipv4.ip_forward            | expected NAME=VALUE
          --sysctl=net.ipv4.ip_forward=1          | since the network is the host's
          --sysctl=net.x/../../vm.swappiness=1    | is not of a namespace
          --ipc=host --sysctl=kernel.shmmax=1     | since the ipc namespace is the host's
          --mount=type=image,dst=/m               | must set a source for an image mount
          --mount=type=image,src=x,dst=/m,U=true  | invalid option "U" of type=image
          --mount=type=volume,dst=/m,subpath=x    | invalid option "subpath=x" of type=volume
          --oom-score-adj=1001                    | expected -1000 to 1000
          --volumes-from=nobody                   | no container with name or ID "nobody" found
          """)
  void what_cannot_be_is_told(String flags, String sentence) {
    podman("create", store().image(), "true").succeeded();
    var line = new ArrayList<>(List.of("run", "--rm"));
    line.addAll(List.of(flags.split(" ")));
    line.addAll(List.of(store().image(), "true"));
    var refused = podman(line.toArray(String[]::new));
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr()).contains(sentence);
  }

  @Test
  void sizes_are_those_of_what_was_written_and_of_the_image() {
    run("a", "dd if=/dev/zero of=/big bs=1000 count=50");
    podman("wait", "a").succeeded();
    assertThat(podman("ps", "-a", "-s", "--format", "{{.Size}}").succeeded().stdout())
        .matches("50kB \\(virtual [0-9.]+[kM]B\\)\n");
    run("b", "true");
    podman("wait", "b").succeeded();
    assertThat(names("--sort", "size")).isEqualTo("b\na\n");
    podman("rm", "b").succeeded();
    assertThat(podman("ps", "-a", "--size").stdout()).contains("SIZE").contains("50kB (virtual");
    assertThat(podman("ps", "-a", "-s", "--format", "json").stdout())
        .containsPattern("\"rwSize\": 50000");
    assertThat(podman("ps", "-a", "--format", "{{.Size}}").stdout()).isEqualTo("\n");
  }

  @Test
  void containers_of_a_pod_are_followed_and_looked_at_together() {
    podman("pod", "create", "--network=none", "--name", "p").succeeded();
    for (var name : List.of("a", "b")) {
      run(name, "echo first; sleep 2; echo last", "--pod=p");
    }
    assertThat(podman("pod", "logs", "-f", "--names", "p").succeeded().stdout().lines())
        .containsExactlyInAnyOrder("a first", "b first", "a last", "b last");
    run("c", "exec sleep 100", "--pod=p");
    assertThat(podman("pod", "top", "p", "args").succeeded().stdout())
        .contains("COMMAND\n", "/pause\n", "sleep 100\n");
    podman("pod", "rm", "-f", "-t", "0", "p").succeeded();
  }

  @Test
  void what_a_container_has_become_is_an_image() {
    run(
        "a",
        "mkdir /made; chown 33 /made; echo new > /made/file; rm /bin/false; sleep 100",
        "-e=X=a b",
        "--label=l=1",
        "-w=/bin",
        "-v=/mounted");
    podman("exec", "a", "sh", "-c", "until ! test -e /bin/false; do :; done").succeeded();
    var id =
        podman("commit", "-a", "me", "-m", "said", "-c", "CMD sh", "-p=false", "a", "made")
            .succeeded()
            .stdout();
    assertThat(id).matches("[0-9a-f]{64}\n");
    var shown =
        podman(
            "run",
            "--rm",
            "made",
            "sh",
            "-c",
            "echo $X; pwd; stat -c %u /made; cat /made/file; ls /bin/false /mounted");
    assertThat(shown.stdout()).isEqualTo("a b\n/bin\n33\nnew\n");
    assertThat(shown.stderr()).contains("/bin/false: No such").contains("/mounted: No such");
    assertThat(
            podman("inspect", "-f", "{{.Author}} {{.Config.Labels.l}} {{.Config.Cmd}}", "made")
                .stdout())
        .isEqualTo("me 1 [/bin/sh -c sh]\n");
    assertThat(podman("history", "--format", "{{.Comment}}", "made").stdout()).startsWith("said\n");
    assertThat(podman("exec", "a", "cat", "/made/file").succeeded().stdout()).isEqualTo("new\n");
    podman("commit", "-s", "-q", "--include-volumes", "a", "one").succeeded();
    assertThat(podman("inspect", "-f", "{{json .Config.Volumes}}", "one").stdout())
        .isEqualTo("{\"/mounted\":{}}\n");
    assertThat(podman("inspect", "made").stdout()).doesNotContain("\"/mounted\"");
    assertThat(podman("inspect", "-f", "{{len .RootFS.Layers}}", "one").stdout()).isEqualTo("1\n");
    podman("rmi", "-f", "made", "one").succeeded();
  }

  private void run(String name, String script, String... flags) {
    var line = new ArrayList<>(List.of("run", "-d", "--name", name));
    line.addAll(List.of(flags));
    line.addAll(List.of(store().image(), "sh", "-c", script));
    podman(line.toArray(String[]::new)).succeeded();
  }
}
