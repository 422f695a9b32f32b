package dev.ocij.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What every container gets, as Docker has made it common.
final class Defaults {
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  static final List<String> CAPABILITIES =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_NET_BIND_SERVICE",
          "CAP_SETFCAP",
          "CAP_SETGID",
          "CAP_SETPCAP",
          "CAP_SETUID",
          "CAP_SYS_CHROOT");

  /// What of the kernel would tell about the host, or harm it.
  static final List<String> MASKED =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware",
          "/sys/fs/selinux");

  static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private static final String SHARED_MEMORY = "/dev/shm";
  private static final String QUEUES = "/dev/mqueue";

  private Defaults() {}

  /// @param ownNetwork whether the container has a network namespace; only then the kernel gives it
  ///   a sysfs of its own
  /// @param ownGroup whether group 5, that of terminals, exists for the container
  static List<Mount> mounts(boolean ownNetwork, boolean ownGroup) {
    return List.of(
        Mount.of("/proc", "proc", "nosuid", "noexec", "nodev"),
        Mount.of("/dev", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
        ownGroup
            ? Mount.of(
                "/dev/pts",
                "devpts",
                "nosuid",
                "noexec",
                "newinstance",
                "ptmxmode=0666",
                "mode=0620",
                "gid=5")
            : Mount.of(
                "/dev/pts",
                "devpts",
                "nosuid",
                "noexec",
                "newinstance",
                "ptmxmode=0666",
                "mode=0620"),
        ownNetwork
            ? Mount.of("/sys", "sysfs", "nosuid", "noexec", "nodev", "ro")
            : Mount.bind("/sys", "/sys", "nosuid", "noexec", "nodev", "ro"));
  }

  /// What goes with an ipc namespace of the container's own.
  ///
  /// @param shmSize null for no shared memory
  static Stream<Mount> communication(@Nullable String shmSize) {
    var memory =
        Stream.ofNullable(shmSize)
            .map(size ->
                Mount.of(
                    SHARED_MEMORY,
                    "tmpfs",
                    "nosuid",
                    "noexec",
                    "nodev",
                    "mode=1777",
                    "size=" + size));
    return Stream.concat(
        memory, Stream.of(Mount.of(QUEUES, "mqueue", "nosuid", "noexec", "nodev")));
  }

  /// What goes with that of the host, as far as the host has it: nobody else may mount that.
  static Stream<Mount> communicationOfHost() {
    return Stream.of(SHARED_MEMORY, QUEUES)
        .filter(path -> Files.isDirectory(Path.of(path)))
        .map(path -> Mount.bind(path, path, "nosuid", "noexec", "nodev"));
  }
}
