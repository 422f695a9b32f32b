package dev.ocij.linux;

import java.util.List;

/// A process to start: what posix_spawn(3) does, with more attributes.
///
/// The child makes the calls one after the other, until one fails that may not fail; the last is
/// meant to be execve(2). A child that comes to the end of its calls exits with status 127. After a
/// [SystemCall#forking()] a child of the child makes the rest of the calls.
///
/// @param flags of clone(2): the new namespaces (`CLONE_NEW…`)
public record Spawn(long flags, List<SystemCall> calls) {
  public Spawn {
    calls = List.copyOf(calls);
  }
}
