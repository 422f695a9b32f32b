package dev.ocij.runtime;

import java.util.List;

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

  private Defaults() {}

  /// @param ownNetwork whether the container has a network namespace; only then the kernel gives it
  ///   a sysfs of its own
  /// @param ownGroup whether group 5, that of terminals, exists for the container
  static List<Mount> mounts(boolean ownNetwork, boolean ownGroup, String shmSize) {
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
        Mount.of("/dev/shm", "tmpfs", "nosuid", "noexec", "nodev", "mode=1777", "size=" + shmSize),
        Mount.of("/dev/mqueue", "mqueue", "nosuid", "noexec", "nodev"),
        ownNetwork
            ? Mount.of("/sys", "sysfs", "nosuid", "noexec", "nodev", "ro")
            : Mount.bind("/sys", "/sys", "nosuid", "noexec", "nodev", "ro"));
  }
}
