package dev.ocij.runtime.rootless;

import dev.ocij.linux.Operand;
import dev.ocij.linux.Syscalls;

/// A file system that this process makes and mounts nowhere; its handle is where it can be reached.
final class MadeMount {
  private static final long CONFIG_FLAG = 0;
  private static final long CONFIG_STRING = 1;
  private static final long CONFIG_CREATE = 6;

  private MadeMount() {}

  static long make(Syscalls syscalls, String type, MountOptions options) {
    var what = "make a " + type;
    long context = Terminal.check(what, syscalls.call("fsopen", Operand.of(type), Operand.of(1)));
    try {
      for (var option : options.data()) {
        Terminal.check(what, configure(syscalls, context, option));
      }
      Terminal.check(
          what, syscalls.call("fsconfig", Operand.of(context), Operand.of(CONFIG_CREATE)));
      return Terminal.check(
          what,
          syscalls.call(
              "fsmount", Operand.of(context), Operand.of(1), Operand.of(options.attributes())));
    } finally {
      syscalls.call("close", Operand.of(context));
    }
  }

  private static long configure(Syscalls syscalls, long context, String option) {
    int equals = option.indexOf('=');
    return equals < 0
        ? syscalls.call(
            "fsconfig", Operand.of(context), Operand.of(CONFIG_FLAG), Operand.of(option))
        : syscalls.call(
            "fsconfig",
            Operand.of(context),
            Operand.of(CONFIG_STRING),
            Operand.of(option.substring(0, equals)),
            Operand.of(option.substring(equals + 1)));
  }
}
