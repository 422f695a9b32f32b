package dev.ocij.linux;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/// What became of a [Spawn].
///
/// @param pid of the child, or the negative error of clone(2) or clone3(2)
/// @param results one for each call; [#NOT_RETURNED] where it was not reached, or is the execve
///   that succeeded
public record Spawned(long pid, Spawn spawn, long[] results) {
  public static final long NOT_RETURNED = Long.MIN_VALUE;

  /// The call that stopped the child, if one did. When none may stop it any more and all have
  /// failed, as the last of several execve, it is the last.
  public OptionalInt failure() {
    int last = results.length - 1;
    return IntStream.rangeClosed(0, last)
        .filter(i -> results[i] != NOT_RETURNED && results[i] < 0)
        .filter(i -> i == last || !spawn.calls().get(i).tolerance().accepts(results[i]))
        .findFirst();
  }
}
