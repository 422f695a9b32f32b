package dev.ocij.runtime.rootless;

import dev.ocij.linux.Spawn;
import dev.ocij.linux.Spawned;
import dev.ocij.linux.Syscalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A container, or a program in one, that is about to be started.
///
/// @param plan what its first process does, but for what is waited for and joined before
/// @param flags of clone(2)
record ProcessStart(List<InitAction> plan, long flags, Attended attended) {
  /// @param spawned what became of the program
  record Started(SyscallProgram program, Spawned spawned) {}

  /// In the control group that it is to have from the first; where that is refused, as filters of
  /// system calls and old kernels do, it goes there before anything else.
  Started spawn(Syscalls syscalls) {
    var group = attended.group();
    if (group.isPresent()) {
      var started = spawn(Optional.empty(), group.get().directory(), syscalls);
      if (started.spawned().pid() >= 0) {
        return started;
      }
    }
    var join = group.map(made -> new InitAction.JoinControlGroup(made.processes()));
    return spawn(join, null, syscalls);
  }

  private Started spawn(
      Optional<? extends InitAction> join, @Nullable Path group, Syscalls syscalls) {
    var actions = new ArrayList<InitAction>();
    attended.maps().ifPresent(writer -> actions.add(writer.awaiting()));
    join.ifPresent(actions::add);
    actions.addAll(plan);
    var program = SyscallProgram.of(actions);
    return new Started(program, syscalls.spawn(new Spawn(flags, program.calls(), group)));
  }
}
