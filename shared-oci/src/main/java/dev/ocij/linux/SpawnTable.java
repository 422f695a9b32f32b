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
  private static final int ROW = 128;
  private static final int OPERANDS = 8;
  private static final int RESULT = 56;
  private static final int TOLERANCE = 64;
  private static final int CONSTANTS = 72;
  private static final int REPETITIONS = 120;
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
    for (int i = 0; i < calls.size(); i++) {
      table.write(i, calls.get(i));
    }
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
      results[i] = rows.get(JAVA_LONG_UNALIGNED, i * (long) ROW + RESULT);
    }
    return results;
  }

  /// The bytes that the rows of so many calls take.
  static long size(int calls) {
    return calls * (long) ROW;
  }

  private void write(int index, SystemCall call) {
    var row = rows.asSlice(index * (long) ROW, ROW);
    row.set(JAVA_LONG, 0, LinuxSyscalls.number(call));
    row.set(JAVA_LONG, RESULT, Spawned.NOT_RETURNED);
    row.set(JAVA_LONG, TOLERANCE, call.tolerance().result());
    row.set(JAVA_LONG, REPETITIONS, call.repetitions());
    for (int i = 0; i < MOST_OPERANDS; i++) {
      var operand = i < call.operands().size() ? call.operands().get(i) : Operand.ZERO;
      row.set(JAVA_LONG, OPERANDS + i * Operand.WORD, cell(row, i, operand));
    }
  }

  private long cell(MemorySegment row, int i, Operand operand) {
    return switch (operand) {
      case Operand.Value(long number) -> constant(row, i, number);
      case Operand.Memory other -> constant(row, i, memory.address(other));
      case Operand.Result(int call) -> first() + call * (long) ROW + RESULT;
    };
  }

  private long constant(MemorySegment row, int i, long number) {
    int offset = CONSTANTS + i * Operand.WORD;
    row.set(JAVA_LONG, offset, number);
    return row.address() + shift + offset;
  }
}
