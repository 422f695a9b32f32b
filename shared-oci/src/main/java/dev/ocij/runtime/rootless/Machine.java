package dev.ocij.runtime.rootless;

import dev.ocij.runtime.IdMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// What the machine's files say about its limits, for the words of an [Obstacle].
///
/// @param root whether this process has user id 0, be it in a namespace
/// @param settings of /proc/sys, by their paths there; empty where there is no such one
record Machine(
    boolean root, boolean userNamespace, long mappedIds, UnaryOperator<String> settings) {
  static final String MOST = "user/max_user_namespaces";
  static final String UNPRIVILEGED = "kernel/unprivileged_userns_clone";
  static final String APPARMOR = "kernel/apparmor_restrict_unprivileged_userns";

  private static final long ALL_IDS = 1L << 32;

  static Machine here() {
    return new Machine(
        Host.status("Uid").startsWith("0"),
        Host.isUserNamespace(),
        Host.isUserNamespace() ? IdMap.ofProcess("uid").size() : ALL_IDS,
        Machine::setting);
  }

  /// Why files can belong to one user only, where that is so.
  ///
  /// @param kept whether the kernel can let somebody answer for others
  Optional<String> singleId(BooleanSupplier kept) {
    return userNamespace && mappedIds == 1
        ? Optional.of(
            "only one user id is mapped, so "
                + (kept.getAsBoolean()
                    ? "other owners and users stand in a record only: "
                    : "all files belong to it, and calls about others fail, for this kernel does"
                        + " not ask about them (seccomp user notification, Linux 5.9): ")
                + (hasNewuidmap()
                    ? "/etc/subuid and /etc/subgid have no range for the user; usermod"
                        + " --add-subuids 100000-165535 --add-subgids 100000-165535 USER gives one"
                    : "newuidmap is not installed; it comes with the package uidmap or shadow"))
        : Optional.empty();
  }

  boolean says(String setting, String value) {
    return value.equals(settings.apply(setting));
  }

  private static boolean hasNewuidmap() {
    return Files.isExecutable(Path.of("/usr/bin/newuidmap"));
  }

  private static String setting(String name) {
    return Host.read("/proc/sys/" + name).strip();
  }
}
