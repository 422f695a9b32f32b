package dev.ocij.linux;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a system call is given in one register.
public sealed interface Operand {
  int WORD = 8;

  Operand ZERO = new Value(0);

  /// A number: a flag word, a descriptor, a length, a null pointer.
  record Value(long number) implements Operand {}

  /// What an earlier call of the same [Spawn] returned, counted from 0.
  record Result(int call) implements Operand {}

  /// The address of memory with this content, 8-byte aligned; what the kernel writes there is found
  /// in the array after the call. Not in a child's: there the memory is gone.
  ///
  /// @param pointers at each offset in `bytes` the address of other memory
  record Memory(byte[] bytes, Map<Integer, Memory> pointers) implements Operand {
    public Memory {
      pointers = new TreeMap<>(pointers);
    }
  }

  static Operand of(long number) {
    return number == 0 ? ZERO : new Value(number);
  }

  static Memory of(byte[] bytes) {
    return new Memory(bytes, Map.of());
  }

  /// A C string.
  ///
  /// @throws IllegalArgumentException where the text holds a zero byte, which would cut it
  static Memory of(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text with a zero byte");
    }
    return of((text + '\0').getBytes(StandardCharsets.UTF_8));
  }

  /// An array of C strings that ends with a null pointer, as execve(2) takes it.
  static Memory of(List<String> texts) {
    var pointers = new TreeMap<Integer, Memory>();
    for (var text : texts) {
      pointers.put(pointers.size() * WORD, of(text));
    }
    return new Memory(new byte[(texts.size() + 1) * WORD], pointers);
  }
}
