package dev.ocij.linux;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process to start: what posix_spawn(3) does, with more attributes.
///
/// The child makes the calls one after the other, until one fails that may not fail; the last is
/// meant to be execve(2). A child that comes to the end of its calls exits with status 127. After a
/// [SystemCall#forking()] a child of the child makes the rest of the calls.
///
/// @param flags of clone(2): the new namespaces (`CLONE_NEW…`)
/// @param group the control group that the child begins in; null for that of this process. Not
///   every kernel can do it, nor may every process ask: then no child is made
public record Spawn(long flags, List<SystemCall> calls, @Nullable Path group) {
  public Spawn {
    calls = List.copyOf(calls);
  }

  public Spawn(long flags, List<SystemCall> calls) {
    this(flags, calls, null);
  }

  /// With other calls.
  Spawn making(List<SystemCall> others) {
    return new Spawn(flags, others, group);
  }
}
