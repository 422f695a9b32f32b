package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Operand;
import dev.ocij.linux.SystemCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A [SyscallProgram] in the making.
final class ProgramWriter {
  static final Operand CURRENT_DIRECTORY = Operand.of(-100);

  private final List<SystemCall> calls = new ArrayList<>();
  private final List<InitAction> actions = new ArrayList<>();
  private final Map<Integer, String> created = new HashMap<>();
  private @Nullable InitAction action;

  /// The calls from here on belong to `next`.
  void begin(InitAction next) {
    action = next;
  }

  /// Appends a call; its result may be an operand of later ones.
  Operand.Result call(String name, Operand... operands) {
    return append(SystemCall.of(name, operands));
  }

  /// As [#call], going on after one error.
  Operand.Result callTolerating(Errno errno, String name, Operand... operands) {
    return append(SystemCall.of(name, operands).tolerating(errno));
  }

  Operand.Result append(SystemCall call) {
    if (action == null) {
      throw new IllegalStateException("a call outside any action");
    }
    calls.add(call);
    actions.add(action);
    return new Operand.Result(calls.size() - 1);
  }

  /// Appends a call that makes `path` unless it exists.
  void create(String path, String name, Operand... operands) {
    created.put(callTolerating(Errno.EEXIST, name, operands).call(), path);
  }

  SyscallProgram program() {
    return new SyscallProgram(calls, actions, created);
  }
}
