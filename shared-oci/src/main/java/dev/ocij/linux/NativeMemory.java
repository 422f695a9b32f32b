package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.IdentityHashMap;

/// The [Operand.Memory] of calls laid out in native memory; the same value stands there once.
final class NativeMemory {
  private final SegmentAllocator allocator;
  private final long shift;
  private final IdentityHashMap<Operand.Memory, MemorySegment> segments = new IdentityHashMap<>();

  NativeMemory(SegmentAllocator allocator) {
    this(allocator, 0);
  }

  /// @param shift how far from here the memory will stand for who uses its addresses
  NativeMemory(SegmentAllocator allocator, long shift) {
    this.allocator = allocator;
    this.shift = shift;
  }

  long address(Operand.Memory memory) {
    var known = segments.get(memory);
    return known == null ? layOut(memory) : known.address() + shift;
  }

  /// Brings what the kernel wrote back into the arrays.
  void copyBack() {
    segments.forEach((memory, segment) ->
        MemorySegment.copy(segment, JAVA_BYTE, 0, memory.bytes(), 0, memory.bytes().length));
  }

  private long layOut(Operand.Memory memory) {
    var segment = allocator.allocate(Math.max(memory.bytes().length, 1), Operand.WORD);
    segments.put(memory, segment);
    MemorySegment.copy(memory.bytes(), 0, segment, JAVA_BYTE, 0, memory.bytes().length);
    memory.pointers().forEach((offset, other) -> segment.set(JAVA_LONG, offset, address(other)));
    return segment.address() + shift;
  }
}
