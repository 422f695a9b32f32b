package dev.ocij.runtime.rootless;

import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.stream.IntStream;

/// A set of capabilities(7) as the kernel's bits.
record CapabilitySet(long bits) {
  /// In the order of the kernel's numbers.
  private static final List<String> NAMES =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_DAC_READ_SEARCH",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETPCAP",
          "CAP_LINUX_IMMUTABLE",
          "CAP_NET_BIND_SERVICE",
          "CAP_NET_BROADCAST",
          "CAP_NET_ADMIN",
          "CAP_NET_RAW",
          "CAP_IPC_LOCK",
          "CAP_IPC_OWNER",
          "CAP_SYS_MODULE",
          "CAP_SYS_RAWIO",
          "CAP_SYS_CHROOT",
          "CAP_SYS_PTRACE",
          "CAP_SYS_PACCT",
          "CAP_SYS_ADMIN",
          "CAP_SYS_BOOT",
          "CAP_SYS_NICE",
          "CAP_SYS_RESOURCE",
          "CAP_SYS_TIME",
          "CAP_SYS_TTY_CONFIG",
          "CAP_MKNOD",
          "CAP_LEASE",
          "CAP_AUDIT_WRITE",
          "CAP_AUDIT_CONTROL",
          "CAP_SETFCAP",
          "CAP_MAC_OVERRIDE",
          "CAP_MAC_ADMIN",
          "CAP_SYSLOG",
          "CAP_WAKE_ALARM",
          "CAP_BLOCK_SUSPEND",
          "CAP_AUDIT_READ",
          "CAP_PERFMON",
          "CAP_BPF",
          "CAP_CHECKPOINT_RESTORE");

  static CapabilitySet of(List<String> names) {
    return new CapabilitySet(
        names.stream().mapToLong(CapabilitySet::bit).reduce(0, (a, b) -> a | b));
  }

  boolean has(String name) {
    return (bits & bit(name)) != 0;
  }

  CapabilitySet and(CapabilitySet other) {
    return new CapabilitySet(bits & other.bits);
  }

  /// The numbers of the capabilities in this set.
  IntStream numbers() {
    return IntStream.range(0, Long.SIZE - 1).filter(number -> (bits >> number & 1) != 0);
  }

  /// The numbers of the capabilities that a kernel may know and this set lacks.
  IntStream missing() {
    return new CapabilitySet(~bits).numbers();
  }

  private static long bit(String name) {
    int number = NAMES.indexOf(name);
    if (number < 0) {
      throw new OciException(
          Category.USAGE,
          "set capabilities: there is no capability %s; man 7 capabilities lists them"
              .formatted(Quoted.of(name)));
    }
    return 1L << number;
  }
}
