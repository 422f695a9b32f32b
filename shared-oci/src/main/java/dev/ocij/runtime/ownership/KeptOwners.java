package dev.ocij.runtime.ownership;

import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import dev.ocij.linux.FileStatus;
import java.util.Optional;

/// Owners that a container gave, or found, where no attribute can keep them: of links and pipes.
@FunctionalInterface
public interface KeptOwners {
  KeptOwners NONE = (_, _) -> Optional.empty();

  /// @param entry what a layer would have of it
  /// @param status of the same on disk
  Optional<Owner> of(Entry entry, FileStatus status);
}
