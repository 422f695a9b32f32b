package dev.ocij.runtime.rootless;

import dev.ocij.linux.Operand;
import dev.ocij.linux.Syscalls;
import dev.ocij.runtime.ownership.KeptOwners;
import dev.ocij.runtime.ownership.OwnerKeeper;
import java.util.Optional;
import java.util.OptionalLong;

/// What goes on beside a container from its start to its end.
///
/// @param owners who answers its calls about owners, where somebody does
/// @param group with its limits, where it has any
/// @param maps who gives it ids, where it has a user namespace of its own
/// @param root the handle of its root file system, where that was mounted before
record Attended(
    Optional<OwnerKeeper> owners,
    Optional<ControlGroup> group,
    Optional<MapWriter> maps,
    OptionalLong root) {
  private static final int REFUSED = 126;

  static final Attended NOTHING =
      new Attended(Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());

  /// Ends what was there for the start, for the process has begun or failed.
  ///
  /// @throws StartException where it got no ids, or not what goes with them
  void refuseUnmapped(long pid, Syscalls syscalls) {
    maps.ifPresent(MapWriter::close);
    root.ifPresent(handle -> syscalls.call("close", Operand.of(handle)));
    var failure = maps.map(MapWriter::failure);
    if (failure.isPresent()) {
      syscalls.call("wait4", Operand.of(pid));
      throw StartException.reported(REFUSED, failure.get());
    }
  }

  KeptOwners keptOwners() {
    return owners.map(OwnerKeeper::owners).orElse(KeptOwners.NONE);
  }

  void close() {
    group.ifPresent(ControlGroup::close);
    owners.ifPresent(OwnerKeeper::close);
  }
}
