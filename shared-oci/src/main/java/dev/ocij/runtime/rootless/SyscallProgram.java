package dev.ocij.runtime.rootless;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Spawned;
import dev.ocij.linux.SystemCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The system calls of a container's start, each with the action that it belongs to.
///
/// @param created by the index of a call, the path that exists only since it succeeded
record SyscallProgram(
    List<SystemCall> calls, List<InitAction> actions, Map<Integer, String> created) {
  SyscallProgram {
    calls = List.copyOf(calls);
    actions = List.copyOf(actions);
    created = new TreeMap<>(created);
  }

  static SyscallProgram of(List<InitAction> actions) {
    var lowering = new Lowering();
    actions.forEach(lowering::add);
    return lowering.program();
  }

  /// The child of the child that did the rest of the calls; none where none was to.
  OptionalLong forked(Spawned spawned) {
    return IntStream.range(0, calls.size())
        .filter(i -> actions.get(i) instanceof InitAction.Fork)
        .mapToLong(i -> spawned.results()[i])
        .filter(pid -> pid > 0)
        .findFirst();
  }

  /// What stands in the root file system now and did not before, parents first.
  List<String> created(Spawned spawned) {
    var paths = new ArrayList<String>();
    created.forEach((call, path) -> {
      if (spawned.results()[call] == 0) {
        paths.add(path);
      }
    });
    return List.copyOf(paths);
  }

  /// Why the child stopped at this call. Of several tries to execute, one that found the file tells
  /// more than one that did not.
  StartException failure(Spawned spawned, int call) {
    long result = spawned.results()[call];
    for (int i = 0; i < call; i++) {
      if (actions.get(i).equals(actions.get(call)) && Errno.EACCES.is(spawned.results()[i])) {
        result = spawned.results()[i];
      }
    }
    return StartException.of(actions.get(call), calls.get(call).name(), result);
  }
}
