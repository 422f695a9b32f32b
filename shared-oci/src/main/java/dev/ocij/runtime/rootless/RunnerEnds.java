package dev.ocij.runtime.rootless;

import dev.ocij.runtime.ownership.OwnerKeeper;
import java.util.Optional;

/// The open descriptors and mounts that a container gets of its runner.
///
/// @param owners the way to who answers calls about owners, where somebody does
/// @param hold empty for a program that begins at once
record RunnerEnds(
    Stdio stdio, MadeBefore made, Optional<OwnerKeeper.Ends> owners, Optional<Hold> hold) {

  /// That the program waits for its start, and outlives the runner.
  ///
  /// @param start a byte from it is the start
  /// @param ready tells when all else is done
  record Hold(int start, int ready) {}
}
