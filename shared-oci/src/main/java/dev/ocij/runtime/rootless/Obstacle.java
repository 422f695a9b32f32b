package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;

/// What stands in the way of a container, with what would help.
final class Obstacle {
  private Obstacle() {}

  static String ofNamespaces(long result, Machine machine) {
    return "namespaces cannot be made (%s): %s"
        .formatted(Errno.describe(result), cause(result, machine));
  }

  static String ofProc(long result) {
    return ("a fresh /proc cannot be mounted (%s), because parts of the present one are hidden, as"
            + " in most containers; processes of the host stay visible. Run the outer container"
            + " with --security-opt systempaths=unconfined")
        .formatted(Errno.describe(result));
  }

  private static String cause(long result, Machine machine) {
    if (Errno.ENOSPC.is(result) || machine.says(Machine.MOST, "0")) {
      return "the limit user.max_user_namespaces is reached or 0; sysctl -w"
          + " user.max_user_namespaces=15000 raises it";
    }
    if (machine.root()) {
      return "a seccomp filter or missing capabilities of an outer container refuse them; run it"
          + " with --privileged, or with --cap-add SYS_ADMIN --security-opt"
          + " seccomp=unconfined; a pod of Kubernetes gets them by hostUsers: false in its"
          + " spec";
    }
    if (machine.says(Machine.UNPRIVILEGED, "0")) {
      return "sysctl -w kernel.unprivileged_userns_clone=1 allows them to ordinary users";
    }
    if (machine.says(Machine.APPARMOR, "1")) {
      return "AppArmor restricts them; give the java program a profile with \"userns,\", or sysctl"
          + " -w kernel.apparmor_restrict_unprivileged_userns=0";
    }
    return "this process is an ordinary user outside a user namespace; start it by its launcher,"
        + " or by unshare --user --map-root-user --map-auto --mount";
  }
}
