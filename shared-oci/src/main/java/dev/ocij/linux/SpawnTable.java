package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;

/// The calls of a [Spawn] as [SpawnCode] reads them: a row of 16 words for each call. The words are
/// its number, six *addresses* of cells that hold its operands, the cell of its result, the result
/// that is tolerated, six cells for operands that are known before, and how often it is repeated.
/// So an operand may be the result of an earlier row, and the code needs to know nothing of that.
final class SpawnTable {
  private static final int WORDS = 16;
  private static final int ROW = WORDS * Operand.WORD;
  private static final int OPERANDS = 1;
  private static final int RESULT = 7;
  private static final int TOLERANCE = 8;
  private static final int CONSTANTS = 9;
  private static final int REPETITIONS = 15;
  private static final int MOST_OPERANDS = 6;

  private final MemorySegment rows;
  private final NativeMemory memory;
  private final int size;
  private final long shift;

  private SpawnTable(MemorySegment rows, NativeMemory memory, int size, long shift) {
    this.rows = rows;
    this.memory = memory;
    this.size = size;
    this.shift = shift;
  }

  static SpawnTable of(List<SystemCall> calls, SegmentAllocator allocator) {
    return of(calls, allocator, 0);
  }

  /// @param shift how far from here the table will stand for who walks it
  static SpawnTable of(List<SystemCall> calls, SegmentAllocator allocator, long shift) {
    var table =
        new SpawnTable(
            allocator.allocate(Math.max(1, calls.size()) * (long) ROW, Operand.WORD),
            new NativeMemory(allocator, shift),
            calls.size(),
            shift);
    // Written at once: word by word, native memory costs a start two milliseconds.
    var words = table.words(calls);
    MemorySegment.copy(words, 0, table.rows, JAVA_LONG, 0, words.length);
    return table;
  }

  long first() {
    return rows.address() + shift;
  }

  long end() {
    return first() + size * (long) ROW;
  }

  long[] results() {
    return results(rows, size);
  }

  /// The results in a copy of the rows.
  static long[] results(MemorySegment rows, int size) {
    var results = new long[size];
    for (int i = 0; i < size; i++) {
      results[i] = rows.get(JAVA_LONG_UNALIGNED, word(i, RESULT));
    }
    return results;
  }

  /// The bytes that the rows of so many calls take.
  static long size(int calls) {
    return calls * (long) ROW;
  }

  private long[] words(List<SystemCall> calls) {
    var words = new long[calls.size() * WORDS];
    for (int i = 0; i < calls.size(); i++) {
      write(words, i, calls.get(i));
    }
    return words;
  }

  private void write(long[] words, int index, SystemCall call) {
    int row = index * WORDS;
    words[row] = LinuxSyscalls.number(call);
    words[row + RESULT] = Spawned.NOT_RETURNED;
    words[row + TOLERANCE] = call.tolerance().result();
    words[row + REPETITIONS] = call.repetitions();
    for (int i = 0; i < MOST_OPERANDS; i++) {
      var operand = i < call.operands().size() ? call.operands().get(i) : Operand.ZERO;
      int cell = CONSTANTS + i;
      words[row + OPERANDS + i] =
          first()
              + switch (operand) {
                case Operand.Value(long number) -> constant(words, index, cell, number);
                case Operand.Memory other -> constant(words, index, cell, memory.address(other));
                case Operand.Result(int earlier) -> word(earlier, RESULT);
              };
    }
  }

  /// Where the number stands, from the first row on.
  private static long constant(long[] words, int index, int cell, long number) {
    words[index * WORDS + cell] = number;
    return word(index, cell);
  }

  private static long word(int index, int cell) {
    return index * (long) ROW + cell * (long) Operand.WORD;
  }
}
