package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.linux.LinuxSyscalls;
import dev.ocij.linux.Operand;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.ContainerProcess.Rlimit;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.testing.Require;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("namespace")
@Tag("root")
class RunnerTest {
  @TempDir Path folder;
  private Busyboxes busybox;

  @BeforeEach
  void prepare() {
    Require.root(); // for others the launcher makes the namespace: OrdinaryUserTest
    busybox = Busyboxes.in(folder);
  }

  @Test
  void a_program_runs_and_its_status_comes_back() {
    var said = busybox.sh("echo out; echo err >&2; exit 7");
    assertThat(said).isEqualTo(new Busyboxes.Said(7, "out\n", "err\n"));
  }

  @Test
  void a_signal_becomes_128_and_its_number() {
    var container = busybox.runner().start(busybox.bundle("sleep", "1000"), Stdio.inherited());
    container.kill(9);
    assertThat(container.waitFor()).isEqualTo(137);
    container.kill(9);
  }

  @Test
  void it_sees_its_own_processes_and_mounts_only() {
    assertThat(busybox.sh("echo $$; ls /proc | grep -c '^[0-9]'").out()).startsWith("1\n");
    assertThat(busybox.sh("ls /").out().lines())
        .containsExactly("bin", "dev", "etc", "home", "proc", "root", "sys", "tmp", "var");
    assertThat(busybox.sh("cut -d' ' -f5 /proc/self/mountinfo").out().lines())
        .contains("/", "/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue", "/proc/keys")
        .allMatch(path -> path.matches("/|/(proc|dev|sys)(/.*)?"));
  }

  @Test
  void devices_work() {
    assertThat(busybox.sh("head -c4 /dev/zero | od -An -tx1; echo x >/dev/null; ls /dev").out())
        .isEqualTo(
            """
             00 00 00 00
            fd
            full
            mqueue
            null
            ptmx
            pts
            random
            shm
            stderr
            stdin
            stdout
            tty
            urandom
            zero
            """);
  }

  @Test
  void kernel_settings_are_masked_or_read_only() {
    assertThat(busybox.sh("wc -c </proc/keys; ls /sys/firmware | wc -l").out()).isEqualTo("0\n0\n");
    var said = busybox.sh("echo 1 >/proc/sys/kernel/panic");
    assertThat(said.err()).contains("panic: Read-only");
    assertThat(busybox.sh("echo x >/sys/kernel/mm/ksm/run").err()).contains("Read-only");
  }

  /// What an image has in the place of devices is covered before anything is masked with one.
  @Test
  void a_mask_is_the_kernel_s_null_device_whatever_the_image_brings() throws IOException {
    var trap = Files.writeString(busybox.rootfs().resolve("trap"), "trap");
    Files.createDirectories(busybox.rootfs().resolve("dev"));
    Files.createSymbolicLink(busybox.rootfs().resolve("dev/null"), Path.of("/trap"));
    var said = busybox.sh("stat -c %t:%T /dev/null /proc/keys; echo x >/proc/keys");
    assertThat(said.out()).isEqualTo("1:3\n1:3\n");
    assertThat(trap).hasContent("trap");
  }

  @Test
  void control_groups_are_not_writable() {
    var script =
        "for g in $(find /sys/fs/cgroup -maxdepth 2 -type d); do mkdir $g/made 2>/dev/null"
            + " && echo $g; done; grep -E ' /sys(/fs/cgroup[^ ]*)? ' /proc/mounts"
            + " | grep -v ' ro,' ; echo end";
    assertThat(busybox.sh(script).out()).isEqualTo("end\n");
  }

  @Test
  void powers_are_reduced() {
    var status = busybox.sh("grep -E 'Cap|NoNew|Seccomp:' /proc/self/status").out();
    assertThat(status.replaceAll("\\s+", " "))
        .isEqualTo(
            "CapInh: 0000000000000000 CapPrm: 00000000800405fb CapEff: 00000000800405fb"
                + " CapBnd: 00000000800405fb CapAmb: 0000000000000000"
                + " NoNewPrivs: 0 Seccomp: 2 ");
    var user =
        busybox.run(
            busybox.bundle(
                request ->
                    request.with(draft -> {
                      draft.user = "someone";
                      draft.noNewPrivileges = true;
                    }),
                "grep",
                "-E",
                "CapEff|CapPrm|NoNew|Seccomp:",
                "/proc/self/status"));
    assertThat(user.out().replaceAll("\\s+", " "))
        .isEqualTo("CapPrm: 0000000000000000 CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 ");
  }

  /// Whoever starts a runner may have the keys of their login at hand.
  @Test
  void keys_of_the_runner_are_not_at_hand() throws IOException {
    var kernel = new LinuxSyscalls();
    Require.that(
        kernel.call("keyctl", Operand.of(1)) > 0, "this test needs a kernel with keyrings");
    var content = new byte[] {1};
    long key =
        kernel.call(
            "add_key",
            Operand.of("user"),
            Operand.of("ocij-secret"),
            Operand.of(content),
            Operand.of(1),
            Operand.of(-3));
    // For who has it in a keyring alone, not for all of its user's.
    kernel.call("keyctl", Operand.of(5), Operand.of(key), Operand.of(0x3f000000));
    assertThat(Files.readString(Path.of("/proc/keys"))).contains("ocij-secret");
    var unmasked =
        busybox.bundle(
            request -> request.with(draft -> draft.unmasked = List.of("/proc/keys")),
            "cat",
            "/proc/keys");
    assertThat(busybox.run(unmasked).out()).contains("_ses").doesNotContain("ocij-secret");
  }

  @Test
  void forbidden_calls_are_refused() {
    assertThat(busybox.sh("unshare -m true").err()).contains("Operation not permitted");
    assertThat(busybox.sh("mount -t tmpfs none /tmp").err()).contains("permission denied");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          someone        | uid=1000(someone) gid=1000(someone) groups=50(staff),1000(someone)
          1000           | uid=1000(someone) gid=1000(someone) groups=50(staff),1000(someone)
          someone:daemon | uid=1000(someone) gid=1(daemon) groups=1(daemon)
          1234           | uid=1234 gid=0(root) groups=0(root)
          1234:77        | uid=1234 gid=77 groups=77
          """)
  void the_user_has_the_groups_of_a_login(String user, String id) {
    var bundle = busybox.bundle(request -> request.with(draft -> draft.user = user), "id");
    assertThat(busybox.run(bundle).out().strip()).isEqualTo(id);
  }

  @Test
  void only_the_standard_streams_are_open() {
    assertThat(busybox.sh("cd /proc/self/fd && echo *").out()).isIn("0 1 2\n", "0 1 2 3\n");
    assertThat(busybox.sh("test -e /proc/1/fd/3 || echo closed").out()).isEqualTo("closed\n");
  }

  @Test
  void a_descriptor_is_no_workdir() {
    for (int fd = 3; fd <= 20; fd++) {
      var path = "/proc/self/fd/" + fd;
      assertThatThrownBy(() -> busybox.run(workdir(path)))
          .isInstanceOf(StartException.class)
          .hasMessageStartingWith("start the container: workdir \"" + path)
          .extracting("exitStatus")
          .isEqualTo(126);
      // An image's own is made where it is missing.
      assertThatThrownBy(() -> busybox.run(workdir(path).makingCwd()))
          .as(path)
          .isInstanceOf(StartException.class);
    }
  }

  @Test
  void a_missing_workdir_is_an_error_unless_the_image_names_it() throws IOException {
    assertThatThrownBy(() -> busybox.run(workdir("/no/where")))
        .hasMessage("start the container: workdir \"/no/where\" does not exist on the container");
    var bundle = workdir("/work/here").makingCwd();
    assertThat(busybox.run(bundle).out()).isEqualTo("/work/here\n");
    assertThat(busybox.rootfs().resolve("work/here")).isDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nope        | 127 | run "nope": executable file not found in the PATH of the container
          /nope       | 127 | run "/nope": no such file or directory, or its interpreter is missing
          /etc/passwd | 126 | run "/etc/passwd": permission denied
          /etc        | 126 | run "/etc": permission denied
          """)
  void a_program_that_cannot_run_has_its_status(String program, int status, String why) {
    assertThatThrownBy(() -> busybox.run(program))
        .hasMessage("start the container: " + why)
        .extracting("exitStatus")
        .isEqualTo(status);
  }

  @Test
  void the_network_is_the_host_s_or_loopback_alone() {
    var none =
        busybox.bundle(
            request -> request.with(draft -> draft.network = "none"), "ip", "-o", "addr");
    assertThat(busybox.run(none).out().lines())
        .allMatch(line -> line.contains(" lo "))
        .anyMatch(line -> line.contains("127.0.0.1/8"));
    assertThat(busybox.sh("readlink /proc/self/ns/net").out().strip())
        .isEqualTo(link("/proc/self/ns/net"));
  }

  @Test
  void it_has_a_hostname_of_its_own() {
    var bundle =
        busybox.bundle(
            request -> request.with(draft -> draft.hostname = "box"),
            "sh",
            "-c",
            "hostname; echo $HOSTNAME $HOME $container");
    assertThat(busybox.run(bundle).out()).isEqualTo("box\nbox /root ocij\n");
  }

  @Test
  void files_and_folders_of_the_host_are_bound() throws IOException {
    var hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 me\n");
    var data = Files.createDirectory(folder.resolve("data"));
    var bundle =
        busybox.bundle(
            request ->
                request.with(draft ->
                    draft.mounts =
                        List.of(
                            Mount.bind(hosts.toString(), "/etc/hosts", "ro"),
                            Mount.bind(data.toString(), "/new/data"))),
            "sh",
            "-c",
            "cat /etc/hosts; echo hi >/new/data/file; echo x >/etc/hosts");
    assertThat(busybox.run(bundle).out()).isEqualTo("127.0.0.1 me\n");
    assertThat(data.resolve("file")).hasContent("hi");
    assertThat(hosts).hasContent("127.0.0.1 me\n");
  }

  @Test
  void what_was_made_to_mount_on_is_told() {
    var bundle =
        busybox.bundle(
            request ->
                request.with(
                    draft -> draft.mounts = List.of(Mount.bind("/etc/hosts", "/etc/sub/hosts"))),
            "true");
    var container = busybox.runner().start(bundle, Stdio.inherited());
    assertThat(container.waitFor()).isZero();
    assertThat(container.created()).contains("/etc/sub", "/etc/sub/hosts").doesNotContain("/etc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proc", "sys", "dev"})
  void a_link_in_the_place_of_a_kernel_folder_is_refused(String name) throws IOException {
    var outside = Files.createDirectory(folder.resolve("outside"));
    Files.delete(busybox.rootfs().resolve(name));
    Files.createSymbolicLink(busybox.rootfs().resolve(name), outside);
    assertThatThrownBy(() -> busybox.run("true"))
        .hasMessageContaining("\"/" + name + "\"")
        .hasMessageContaining("symbolic link");
    assertThat(outside).isEmptyDirectory();
  }

  /// Others have taken such for the kernel's, and written to it.
  @ParameterizedTest
  @ValueSource(strings = {"/proc", "/sys"})
  void a_volume_in_the_place_of_a_kernel_folder_shows_nothing_else(String path) throws IOException {
    var volume = Files.createDirectories(folder.resolve("volume"));
    var setting = Files.createDirectories(volume.resolve("sys/kernel")).resolve("panic");
    Files.writeString(setting, "mine");
    var bundle =
        busybox.bundle(
            request ->
                request.with(draft -> draft.mounts = List.of(Mount.bind(volume.toString(), path))),
            "sh",
            "-c",
            "cd %s; echo *; cat sys/kernel/panic".formatted(path));
    assertThat(busybox.run(bundle).out()).isEqualTo("sys\nmine");
    assertThat(setting).hasContent("mine");
  }

  /// What is mounted on files and folders that an image has as links, stays inside.
  @ParameterizedTest
  @ValueSource(strings = {"etc/hosts", "etc/resolv.conf", "etc/hostname", "run/secrets/s", "run"})
  void a_file_for_the_container_does_not_go_where_a_link_leads(String name) throws IOException {
    var outside = Files.createDirectory(folder.resolve("outside"));
    var victim = Files.writeString(outside.resolve("victim"), "victim");
    var given = Files.writeString(folder.resolve("given"), "given");
    boolean etc = name.startsWith("etc/");
    var link = busybox.rootfs().resolve(etc ? name : "run");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, etc ? victim : outside);
    var mount =
        name.equals("run")
            ? Mount.of("/run", "tmpfs", "mode=755")
            : Mount.bind(given.toString(), "/" + name, "ro");
    var bundle =
        busybox.bundle(
            request -> request.with(draft -> draft.mounts = List.of(mount)),
            "sh",
            "-c",
            "echo x >/run/new; echo x >/run/secrets/new; cat /" + name);
    try {
      assertThat(busybox.run(bundle).out()).isIn("given", "");
    } catch (StartException e) {
      assertThat(e).message().contains("/" + name);
    }
    assertThat(outside.toFile().list()).containsExactly("victim");
    assertThat(victim).hasContent("victim");
  }

  @Test
  void a_mount_does_not_follow_a_link_out() throws IOException {
    var outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(busybox.rootfs().resolve("out"), outside);
    var bundle =
        busybox.bundle(
            request ->
                request.with(draft -> draft.mounts = List.of(Mount.of("/out/deep", "tmpfs"))),
            "true");
    assertThatThrownBy(() -> busybox.run(bundle)).hasMessageContaining("no such file");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void limits_are_set_as_far_as_they_may_be() {
    var bundle =
        busybox.bundle(
            request ->
                request.with(
                    draft -> draft.rlimits = List.of(new Rlimit("RLIMIT_NOFILE", 100, 200))),
            "sh",
            "-c",
            "ulimit -Sn; ulimit -Hn");
    assertThat(busybox.run(bundle).out()).isEqualTo("100\n200\n");
  }

  @Test
  void an_overlay_keeps_its_lower_directory_as_it_was() throws IOException {
    var upper = Files.createDirectory(folder.resolve("upper"));
    var work = Files.createDirectory(folder.resolve("work"));
    var merged = Files.createDirectory(folder.resolve("merged"));
    var bundle =
        Busyboxes.with(
                busybox.bundle("sh", "-c", "echo new >/etc/new; rm /etc/group"),
                config -> config.withRoot(new RuntimeConfig.Root(merged.toString(), false)))
            .withOverlay(new Bundle.Overlay(List.of(busybox.rootfs()), upper, work));
    assertThat(busybox.run(bundle).status()).isZero();
    assertThat(upper.resolve("etc/new")).hasContent("new");
    assertThat(busybox.rootfs().resolve("etc/group")).exists();
    assertThat(merged).isEmptyDirectory();
  }

  @Test
  void a_read_only_root_is() {
    var bundle =
        busybox.bundle(request -> request.with(draft -> draft.readOnly = true), "touch", "/tmp/x");
    assertThat(busybox.run(bundle).err()).contains("Read-only file system");
  }

  private Bundle workdir(String path) {
    return busybox.bundle(request -> request.with(draft -> draft.cwd = path), "pwd");
  }

  private static String link(String path) {
    try {
      return Files.readSymbolicLink(Path.of(path)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
