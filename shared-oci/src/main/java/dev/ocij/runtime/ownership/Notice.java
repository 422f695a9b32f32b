package dev.ocij.runtime.ownership;

/// A call that the kernel holds until it is answered.
///
/// @param id of the question, for its answer
/// @param thread of the container, as this process sees it
/// @param number of the call
record Notice(long id, long thread, int number, long[] operands) {

  /// An operand that the call takes as a 32-bit number without sign: an id, where −1 is
  /// [Credentials#UNCHANGED].
  long id(int operand) {
    return operands[operand] & 0xffff_ffffL;
  }

  /// An operand that the call takes as an `int`.
  int integer(int operand) {
    return (int) operands[operand];
  }

  Named named(int directory, int path, boolean follow) {
    return new Named(thread, integer(directory), operands[path], follow);
  }

  /// A path from the thread's current directory.
  Named named(int path, boolean follow) {
    return new Named(thread, Named.CURRENT_DIRECTORY, operands[path], follow);
  }

  Named descriptor(int operand) {
    return new Named(thread, integer(operand), Named.NO_PATH, true);
  }
}
