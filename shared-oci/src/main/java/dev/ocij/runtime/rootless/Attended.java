package dev.ocij.runtime.rootless;

import dev.ocij.runtime.ownership.KeptOwners;
import dev.ocij.runtime.ownership.OwnerKeeper;
import java.util.Optional;

/// What goes on beside a container from its start to its end.
///
/// @param owners who answers its calls about owners, where somebody does
/// @param group with its limits, where it has any
record Attended(Optional<OwnerKeeper> owners, Optional<ControlGroup> group) {
  KeptOwners keptOwners() {
    return owners.map(OwnerKeeper::owners).orElse(KeptOwners.NONE);
  }

  void close() {
    group.ifPresent(ControlGroup::close);
    owners.ifPresent(OwnerKeeper::close);
  }
}
