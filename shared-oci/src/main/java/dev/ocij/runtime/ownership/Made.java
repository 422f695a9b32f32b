package dev.ocij.runtime.ownership;

import dev.ocij.layer.Owner;
import dev.ocij.linux.RawName;
import java.util.Arrays;

/// A file that a call is about to make.
///
/// @param parent the directory, open
/// @param name in there, with a zero byte
/// @param owner it will get
/// @param setsGroup whether the directory hands its group on
/// @param umask of the caller
record Made(Handle parent, byte[] name, Owner owner, boolean setsGroup, int umask) {
  private static final int PERMISSIONS = 07777;

  /// Where it will stand, as [RawName] has it.
  String path() {
    var directory = parent.path();
    return (directory.equals("/") ? "" : directory)
        + "/"
        + RawName.decode(Arrays.copyOf(name, name.length - 1));
  }

  /// The permissions of which the caller asked for these.
  int permissions(long wanted) {
    return (int) (wanted & PERMISSIONS & ~umask);
  }
}
