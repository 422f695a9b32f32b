package dev.ocij.runtime.ownership;

import dev.ocij.layer.Owner;

/// A file that a call is about to make.
///
/// @param parent the directory, open
/// @param name in there, with a zero byte
/// @param owner it will get
/// @param setsGroup whether the directory hands its group on
/// @param umask of the caller
record Made(Handle parent, byte[] name, Owner owner, boolean setsGroup, int umask) {
  private static final int PERMISSIONS = 07777;

  /// The permissions of which the caller asked for these.
  int permissions(long wanted) {
    return (int) (wanted & PERMISSIONS & ~umask);
  }
}
