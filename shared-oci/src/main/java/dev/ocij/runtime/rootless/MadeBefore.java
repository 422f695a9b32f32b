package dev.ocij.runtime.rootless;

import java.util.OptionalLong;

/// Mounts that were made before the container's process begins, as handles.
///
/// @param devpts whose first terminal becomes the container's
/// @param root the root file system, where the process may not get at what that is made of
record MadeBefore(OptionalLong devpts, OptionalLong root) {
  static final MadeBefore NOTHING = of(OptionalLong.empty());

  static MadeBefore of(OptionalLong devpts) {
    return new MadeBefore(devpts, OptionalLong.empty());
  }
}
