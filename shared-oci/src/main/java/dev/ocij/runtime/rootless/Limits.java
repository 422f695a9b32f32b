package dev.ocij.runtime.rootless;

import dev.ocij.runtime.ContainerProcess.Rlimit;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.util.List;

/// Resource limits of a process.
final class Limits {
  /// In the order of the kernel's numbers.
  private static final List<String> RESOURCES =
      List.of(
          "CPU",
          "FSIZE",
          "DATA",
          "STACK",
          "CORE",
          "RSS",
          "NPROC",
          "NOFILE",
          "MEMLOCK",
          "AS",
          "LOCKS",
          "SIGPENDING",
          "MSGQUEUE",
          "NICE",
          "RTPRIO",
          "RTTIME");

  private Limits() {}

  /// The limit, or what of it the caller's own hard limit leaves: a default that is too high must
  /// not keep a container from starting.
  static InitAction clamped(Rlimit limit, Host host) {
    int resource = RESOURCES.indexOf(limit.type().replace("RLIMIT_", ""));
    if (resource < 0) {
      throw new OciException(
          Category.USAGE,
          "set limits: there is no resource %s; setrlimit(2) lists them"
              .formatted(Quoted.of(limit.type())));
    }
    boolean mayRaise = !host.userNamespace() && host.capabilities().has("CAP_SYS_RESOURCE");
    long most = mayRaise ? -1 : host.hardLimits().applyAsLong(resource);
    return new InitAction.Limit(resource, least(limit.soft(), most), least(limit.hard(), most));
  }

  /// Unsigned: -1 is no limit.
  private static long least(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? a : b;
  }
}
