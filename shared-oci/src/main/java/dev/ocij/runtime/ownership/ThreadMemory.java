package dev.ocij.runtime.ownership;

import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.linux.Syscalls;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The memory of a thread that waits.
record ThreadMemory(Syscalls syscalls, long thread) {
  private static final int PAGE = 4096;

  /// A path or other text, with its zero byte; empty where there is none of at most a page.
  Optional<byte[]> text(long address) {
    var text = new byte[0];
    // By pages, because of a part that can be read and one that cannot, nothing comes.
    while (text.length < PAGE) {
      int length = (int) (PAGE - (address + text.length) % PAGE);
      var part = new byte[length];
      if (move("process_vm_readv", part, address + text.length) < length) {
        return Optional.empty();
      }
      int before = text.length;
      text = Arrays.copyOf(text, before + length);
      System.arraycopy(part, 0, text, before, length);
      for (int i = before; i < text.length; i++) {
        if (text[i] == 0) {
          return Optional.of(Arrays.copyOf(text, i + 1));
        }
      }
    }
    return Optional.empty();
  }

  /// Fills `content` from there; false where that cannot be read.
  boolean read(long address, byte[] content) {
    return move("process_vm_readv", content, address) == content.length;
  }

  /// Returns false where the thread may not write there itself.
  boolean write(long address, byte[] content) {
    return move("process_vm_writev", content, address) == content.length;
  }

  private long move(String call, byte[] content, long address) {
    var here =
        new Operand.Memory(
            Structure.of(16).word(8, content.length).bytes(), Map.of(0, Operand.of(content)));
    var there = Structure.of(16).word(0, address).word(8, content.length);
    return syscalls.call(
        call, Operand.of(thread), here, Operand.of(1), there.memory(), Operand.of(1), Operand.ZERO);
  }
}
