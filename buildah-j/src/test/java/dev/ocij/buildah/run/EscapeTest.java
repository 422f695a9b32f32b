package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs in containers try, and what they find; as root and as an ordinary user.
@Tag("distribution")
@Tag("namespace")
class EscapeTest {
  /// What is printed by each script; `no` for each thing that fails.
  private static final String TABLE =
      """
      readlink /proc/1/exe                                              | /bin/busybox
      (echo x >/proc/1/exe) 2>/dev/null || echo no                      | no
      echo $(ls /proc/self/fd)                                          | 0 1 2 3
      grep -l java /proc/[0-9]*/comm | wc -l                            | 0
      echo $(ls /dev)                                                   | fd full mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero
      mount -t tmpfs x /mnt 2>/dev/null || echo no                      | no
      mount -o bind /bin /mnt 2>/dev/null || echo no                    | no
      umount /proc/kcore 2>/dev/null || echo no                         | no
      umount /proc/sys 2>/dev/null || echo no                           | no
      unshare -U true 2>/dev/null || echo no                            | no
      unshare -m true 2>/dev/null || echo no                            | no
      nsenter -t 1 -m true 2>/dev/null || echo no                       | no
      mknod /x b 8 0 2>/dev/null || echo no                             | no
      mknod /dev/x c 10 200 2>/dev/null || echo no                      | no
      cat /proc/kcore /proc/keys 2>/dev/null | wc -c                    | 0
      (echo 1 >/proc/sys/kernel/panic) 2>/dev/null || echo no           | no
      (echo b >/proc/sysrq-trigger) 2>/dev/null || echo no              | no
      (echo x >/sys/kernel/x) 2>/dev/null || echo no                    | no
      sh -c 'hostname owned' 2>/dev/null || echo no                     | no
      dmesg 2>/dev/null | wc -l                                         | 0
      grep -c 'CapInh:.*0000000000000000' /proc/self/status             | 1
      grep -c 'CapAmb:.*0000000000000000' /proc/self/status             | 1
      grep -c 'CapBnd:.*00000000800405fb' /proc/self/status             | 1
      grep -c 'Seccomp:.*2' /proc/self/status                           | 1
      cat /vol/link/secret 2>/dev/null || echo no                       | no
      ls /vol/link 2>/dev/null | wc -l                                  | 1
      """;

  @TempDir Path folder;

  private interface Podman {
    Outcome run(String... args);
  }

  @Test
  @Tag("root")
  void of_root_s_containers_none_succeeds() throws IOException {
    Require.root();
    var store = BusyboxStore.in(folder);
    attempt(store, store::podman);
    race(store, store::podman);
  }

  @Test
  void of_a_user_s_containers_none_succeeds() throws IOException {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      attempt(store, args -> user.run(store.line(args)));
      race(store, args -> user.run(store.line(args)));
    }
  }

  /// A program in a container swaps a folder for a link to one of the host's and back, while others
  /// copy through it and mount below it.
  private static void race(BusyboxStore store, Podman podman) throws IOException {
    var host = Files.createDirectory(store.folder().resolve("host"));
    assertThat(host.toFile().setWritable(true, false)).isTrue();
    Files.writeString(host.resolve("secret"), "s");
    var copied = Files.writeString(store.folder().resolve("copied"), "c");
    var swap =
        "while :; do rm -rf /v/d; ln -s %s /v/d; rm /v/d; mkdir /v/d; echo own >/v/d/file; done"
            .formatted("/../../../../.." + host);
    podman.run("create", "--name", "racer", "-v", "raced:/v", store.image(), "sh", "-c", swap);
    podman.run("start", "racer").succeeded();
    try {
      for (int i = 0; i < 4; i++) {
        podman.run("cp", copied.toString(), "racer:/v/d/in" + i);
        podman.run("cp", "racer:/v/d/.", store.folder().resolve("out" + i).toString());
        podman.run("cp", "racer:/v/d/secret", store.folder().resolve("secret" + i).toString());
        podman.run(
            "run", "--rm", "-v", "raced:/v", "-v", "m:/v/d/mounted" + i, store.image(), "true");
      }
    } finally {
      podman.run("rm", "-f", "-t", "0", "racer").succeeded();
    }
    assertThat(host.toFile().list()).containsExactly("secret");
    try (var files = Files.walk(store.folder())) {
      assertThat(files.filter(file -> file.endsWith("secret") && !file.startsWith(host))).isEmpty();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(store.folder().resolve("secret" + i)).doesNotExist();
    }
  }

  /// What `exec` brings in has no more than what is there already.
  @Test
  @Tag("root")
  void a_program_that_enters_has_the_same_limits() {
    Require.root();
    var store = BusyboxStore.in(folder);
    store.podman("create", "--name", "c", "-u", "1000", store.image(), "sleep", "600").succeeded();
    store.podman("start", "c").succeeded();
    var script =
        "for p in 1 self; do grep -E '^(Cap|Seccomp:|NoNewPrivs|Uid|Gid|Groups)' /proc/$p/status"
            + " >/tmp/$p; done; cmp /tmp/1 /tmp/self && echo $(ls /proc/self/fd) && grep -c CapBnd"
            + " /tmp/1";
    try {
      var entered = store.podman("exec", "c", "sh", "-c", script);
      assertThat(entered.stdout()).as(entered.stderr()).isEqualTo("0 1 2 3\n1\n");
    } finally {
      store.podman("rm", "-f", "-t", "0", "c").succeeded();
    }
  }

  /// Descriptors of whoever calls, such as a file that only they may read.
  @Test
  void descriptors_of_the_caller_do_not_come_in() {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var line = new ArrayList<>(List.of("sh", "-c", "exec 7</etc/passwd 9<. \"$@\"", "sh"));
      line.addAll(List.of(store.runLine(List.of("--rm"), "ls", "/proc/self/fd")));
      assertThat(user.run(line.toArray(String[]::new)).succeeded().stdout())
          .isEqualTo("0\n1\n2\n3\n");
    }
  }

  /// All in one container, for it is one table.
  private static void attempt(BusyboxStore store, Podman podman) throws IOException {
    var rows = TABLE.lines().map(line -> line.split("\\s+\\|\\s(?=[^|]*$)", 2)).toList();
    var script = new StringBuilder();
    rows.forEach(row -> script.append("echo $( ").append(row[0]).append(" )\n"));
    var line =
        new ArrayList<>(List.of("run", "--rm", "-v", "trap:/vol", store.image(), "sh", "-c"));
    // A link in a volume leads where the container's root is, not the host's.
    podman
        .run(
            "run",
            "--rm",
            "-v",
            "trap:/vol",
            store.image(),
            "ln",
            "-s",
            "/etc/../../tmp",
            "/vol/link")
        .succeeded();
    podman
        .run("run", "--rm", "-v", "trap:/vol", "-v", "other:/vol/link/inner", store.image(), "true")
        .succeeded();
    line.add(script.toString());
    var options = new ArrayList<>(line);
    options.addAll(2, List.of("-v", "other:/vol/link/inner"));
    var said = podman.run(options.toArray(String[]::new)).succeeded().stdout().lines().toList();
    for (int i = 0; i < rows.size(); i++) {
      assertThat(said.get(i)).as(rows.get(i)[0]).isEqualTo(rows.get(i)[1].strip());
    }
    assertThat(Files.exists(Path.of("/tmp/inner"))).isFalse();
  }

  /// Set-user-id bits and device nodes in a volume of the store mean nothing, unless asked for.
  @Test
  @Tag("root")
  void a_volume_gives_no_powers() {
    Require.root();
    var store = BusyboxStore.in(folder);
    var script = "grep -c ' /v .*nosuid,nodev' /proc/mounts";
    assertThat(store.run(List.of("--rm", "-v", "v:/v"), "sh", "-c", script).stdout())
        .isEqualTo("1\n");
    assertThat(store.run(List.of("--rm", "-v", "v:/v:suid,dev"), "sh", "-c", script).stdout())
        .isEqualTo("0\n");
    var powers =
        store.run(
            List.of("--rm", "-u", "1000"), "grep", "-E", "CapEff|CapPrm", "/proc/self/status");
    assertThat(powers.stdout()).isEqualTo("CapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n");
  }

  /// A program that says by its status whether it has become root.
  private static final String AM_I_ROOT =
      """
          .globl _start
      _start:
          mov $107, %eax
          syscall
          mov %eax, %edi
          shr $4, %edi
          mov $60, %eax
          syscall
      """;

  @Test
  @Tag("root")
  @Tag("tool")
  void a_program_of_root_s_in_a_volume_does_not_make_root() throws IOException {
    Require.root();
    var store = BusyboxStore.in(folder);
    var source = Files.writeString(folder.resolve("p.s"), AM_I_ROOT);
    var object = folder.resolve("p.o").toString();
    Tool.required("as").run("--64", "-o", object, source.toString()).succeeded();
    Tool.required("ld").run("-o", folder.resolve("p").toString(), object).succeeded();
    var copy = "cp /p /v/p && chmod 4755 /v/p && stat -c %a:%u /v/p";
    var mounts = List.of("--rm", "-v", folder.resolve("p") + ":/p", "-v", "v:/v");
    assertThat(store.run(mounts, "sh", "-c", copy).stdout()).isEqualTo("4755:0\n");
    assertThat(store.run(List.of("--rm", "-u", "1000", "-v", "v:/v"), "/v/p").status())
        .isEqualTo(1000 >> 4);
    assertThat(store.run(List.of("--rm", "-u", "1000", "-v", "v:/v:suid"), "/v/p").status())
        .isZero();
  }

  @Test
  @Tag("root")
  void paths_are_masked_and_unmasked_on_request() {
    Require.root();
    var store = BusyboxStore.in(folder);
    Map.of(
            "mask=/home:/etc/passwd", "ls /home | wc -l; wc -c </etc/passwd",
            "unmask=/proc/k*",
                "grep -c ' /proc/k' /proc/mounts; grep -c ' /proc/sys ' /proc/mounts",
            "unmask=ALL", "grep -c ' /proc/' /proc/mounts; echo ok")
        .forEach((option, script) ->
            assertThat(
                    store
                        .run(List.of("--rm", "--security-opt", option), "sh", "-c", script)
                        .stdout())
                .as(option)
                .isEqualTo(
                    switch (option) {
                      case "mask=/home:/etc/passwd" -> "0\n0\n";
                      case "unmask=/proc/k*" -> "0\n1\n";
                      default -> "0\nok\n";
                    }));
    assertThat(store.run(List.of("--security-opt", "mask=etc"), "true").stderr())
        .contains("expected absolute paths");
  }

  @Test
  @Tag("root")
  void a_device_is_shown_on_request() {
    Require.root();
    var store = BusyboxStore.in(folder);
    var options = List.of("--rm", "--device", "/dev/zero:/dev/nothing:r");
    var script = "head -c 3 /dev/nothing | wc -c; stat -c %t:%T /dev/nothing";
    assertThat(store.run(options, "sh", "-c", script).succeeded().stdout()).isEqualTo("3\n1:5\n");
    assertThat(store.run(List.of("--device", "/dev/no"), "true").stderr())
        .isEqualTo("Error: stat /dev/no: no such file or directory\n");
    assertThat(store.run(List.of("--device", "/etc/passwd"), "true").stderr())
        .isEqualTo("Error: add device \"/etc/passwd\": it is no device\n");
  }
}
