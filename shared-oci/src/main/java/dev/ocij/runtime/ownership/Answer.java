package dev.ocij.runtime.ownership;

import dev.ocij.linux.Errno;

/// What becomes of a call.
sealed interface Answer {
  /// The kernel does it, as if nobody had been asked.
  Answer PROCEED = new Proceed();

  Answer DONE = new Result(0);

  record Proceed() implements Answer {}

  /// @param value what the call returns; an error where negative
  record Result(long value) implements Answer {}

  /// The caller gets a copy of this file descriptor, which is closed here.
  record Descriptor(long descriptor, boolean closeOnExecute) implements Answer {}

  static Answer of(Errno errno) {
    return new Result(-errno.number());
  }
}
