package dev.ocij.runtime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The capabilities of a container: the usual ones, more and fewer.
public final class Capabilities {
  private static final List<String> ALL =
      List.of(
          "CAP_AUDIT_CONTROL",
          "CAP_AUDIT_READ",
          "CAP_AUDIT_WRITE",
          "CAP_BLOCK_SUSPEND",
          "CAP_BPF",
          "CAP_CHECKPOINT_RESTORE",
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_DAC_READ_SEARCH",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_IPC_LOCK",
          "CAP_IPC_OWNER",
          "CAP_KILL",
          "CAP_LEASE",
          "CAP_LINUX_IMMUTABLE",
          "CAP_MAC_ADMIN",
          "CAP_MAC_OVERRIDE",
          "CAP_MKNOD",
          "CAP_NET_ADMIN",
          "CAP_NET_BIND_SERVICE",
          "CAP_NET_BROADCAST",
          "CAP_NET_RAW",
          "CAP_PERFMON",
          "CAP_SETFCAP",
          "CAP_SETGID",
          "CAP_SETPCAP",
          "CAP_SETUID",
          "CAP_SYSLOG",
          "CAP_SYS_ADMIN",
          "CAP_SYS_BOOT",
          "CAP_SYS_CHROOT",
          "CAP_SYS_MODULE",
          "CAP_SYS_NICE",
          "CAP_SYS_PACCT",
          "CAP_SYS_PTRACE",
          "CAP_SYS_RAWIO",
          "CAP_SYS_RESOURCE",
          "CAP_SYS_TIME",
          "CAP_SYS_TTY_CONFIG",
          "CAP_WAKE_ALARM");

  private Capabilities() {}

  /// `ALL` among the dropped leaves only what is added by name; a name that is both stays.
  public static Set<String> choose(boolean privileged, List<String> add, List<String> drop) {
    var chosen = new LinkedHashSet<>(privileged || isAll(add) ? ALL : Defaults.CAPABILITIES);
    if (isAll(drop)) {
      chosen.clear();
    } else {
      drop.forEach(name -> chosen.remove(full(name)));
    }
    add.stream()
        .filter(name -> !name.equalsIgnoreCase("ALL"))
        .forEach(name -> chosen.add(full(name)));
    return chosen;
  }

  private static boolean isAll(List<String> names) {
    return names.stream().anyMatch(name -> name.equalsIgnoreCase("ALL"));
  }

  private static String full(String name) {
    var upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith("CAP_") ? upper : "CAP_" + upper;
  }
}
