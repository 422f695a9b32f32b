package dev.ocij.runtime;

import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import org.jspecify.annotations.Nullable;

/// The actions of runtime-spec as the kernel's return values.
final class SeccompAction {
  private static final int ERRNO = 0x00050000;
  private static final int TRACE = 0x7ff00000;
  private static final int EPERM = 1;

  private SeccompAction() {}

  /// @param errno for `SCMP_ACT_ERRNO` and `SCMP_ACT_TRACE`; EPERM where there is none
  static int of(String action, @Nullable Integer errno) {
    int value = errno == null ? EPERM : errno & 0xffff;
    return switch (action) {
      case "SCMP_ACT_ALLOW" -> 0x7fff0000;
      case "SCMP_ACT_LOG" -> 0x7ffc0000;
      case "SCMP_ACT_ERRNO" -> ERRNO | value;
      case "SCMP_ACT_TRACE" -> TRACE | value;
      case "SCMP_ACT_TRAP" -> 0x00030000;
      case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> 0;
      case "SCMP_ACT_KILL_PROCESS" -> 0x80000000;
      default ->
          throw new OciException(
              Category.INVALID, "compile the seccomp profile: unknown action " + Quoted.of(action));
    };
  }
}
