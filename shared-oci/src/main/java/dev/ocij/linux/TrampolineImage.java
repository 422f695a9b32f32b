package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;

/// The file of a [Trampoline], in ELF: [SpawnCode] to be executed, and behind it a [SpawnTable] to
/// be read and written, each with the address that it will have. Before the table stand where it
/// begins, where it ends, and the descriptor of the report.
final class TrampolineImage {
  private static final long CODE = 0x400000;
  private static final long DATA = 0x500000;
  private static final int PAGE = 1 << 12;
  private static final int ENTRY = 0x100;
  private static final int HEADER = 64;
  private static final int SEGMENT = 56;
  private static final int LOAD = 1;
  private static final int STACK = 0x6474e551;
  private static final int EXECUTABLE = 5;
  private static final int WRITABLE = 6;
  private static final int X86_64 = 62;

  private TrampolineImage() {}

  static byte[] of(List<SystemCall> calls, int report) {
    try (var arena = Arena.ofConfined()) {
      var data = arena.allocate(PAGE + calls.stream().mapToLong(TrampolineImage::most).sum(), PAGE);
      var free = SegmentAllocator.slicingAllocator(data);
      var words = free.allocate(HEADER);
      var table = SpawnTable.of(calls, free, DATA - data.address());
      words.set(JAVA_LONG, 0, table.first());
      words.set(JAVA_LONG, Operand.WORD, table.end());
      words.set(JAVA_LONG, 2 * Operand.WORD, report);
      return file(data);
    }
  }

  /// More than what a call needs.
  private static long most(SystemCall call) {
    long memory =
        call.operands().stream()
            .mapToLong(operand -> operand instanceof Operand.Memory it ? most(it) : 0)
            .sum();
    return SpawnTable.size(1) + memory;
  }

  private static long most(Operand.Memory memory) {
    return memory.bytes().length
        + 2L * Operand.WORD
        + memory.pointers().values().stream().mapToLong(TrampolineImage::most).sum();
  }

  private static byte[] file(MemorySegment data) {
    var code = SpawnCode.of(Architecture.current()).trampoline();
    var file = new byte[PAGE + (int) data.byteSize()];
    header(Structure.on(file));
    segment(Structure.on(file), 0, LOAD | (long) EXECUTABLE << 32, CODE, 0, ENTRY + code.length);
    segment(Structure.on(file), 1, LOAD | (long) WRITABLE << 32, DATA, PAGE, data.byteSize());
    segment(Structure.on(file), 2, STACK | (long) WRITABLE << 32, 0, 0, 0);
    System.arraycopy(code, 0, file, ENTRY, code.length);
    MemorySegment.copy(data, JAVA_BYTE, 0, file, PAGE, (int) data.byteSize());
    return file;
  }

  /// elf(5), `Elf64_Ehdr`: an executable of three segments and no sections.
  private static void header(Structure file) {
    file.integer(0, 'E' << 8 | 0x7f | 'L' << 16 | 'F' << 24)
        .integer(4, 2 | 1 << 8 | 1 << 16)
        .halfWord(16, 2)
        .halfWord(18, X86_64)
        .integer(20, 1)
        .word(24, CODE + ENTRY)
        .word(32, HEADER)
        .halfWord(52, HEADER)
        .halfWord(54, SEGMENT)
        .halfWord(56, 3);
  }

  /// `Elf64_Phdr`.
  private static void segment(
      Structure file, int index, long kind, long address, long offset, long size) {
    int start = HEADER + index * SEGMENT;
    file.word(start, kind)
        .word(start + 8, offset)
        .word(start + 16, address)
        .word(start + 24, address)
        .word(start + 32, size)
        .word(start + 40, size)
        .word(start + 48, address == 0 ? 16 : PAGE);
  }
}
