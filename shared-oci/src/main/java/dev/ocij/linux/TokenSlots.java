package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The tokens that a PKCS#11 module reaches, which the JDK's provider knows by number only.
public final class TokenSlots {
  private static final int INITIALIZE = 0;
  private static final int SLOT_LIST = 4;
  private static final int TOKEN_INFO = 6;
  private static final long ALREADY_INITIALIZED = 0x191;
  private static final int LABEL = 32;
  private static final int TOKEN_INFO_SIZE = 512;
  private static final int MOST_SLOTS = 256;

  private final MemorySegment functions;

  private TokenSlots(MemorySegment functions) {
    this.functions = functions;
  }

  /// The labels of tokens by the numbers of their slots. The module stays loaded.
  ///
  /// @throws IOException where the file is no such module, or it fails
  public static Map<Long, String> labels(Path module) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var list =
          SymbolLookup.libraryLookup(module, Arena.global())
              .find("C_GetFunctionList")
              .orElseThrow(() -> new IOException("it is no PKCS#11 module"));
      var pointer = arena.allocate(ADDRESS);
      require(invoke(list, FunctionDescriptor.of(JAVA_LONG, ADDRESS), pointer), "list functions");
      // A version stands before the functions, in the place of one.
      var functions = pointer.get(ADDRESS, 0).reinterpret(8 * (TOKEN_INFO + 2));
      return new TokenSlots(functions).labels(arena);
    } catch (IllegalArgumentException e) {
      throw new IOException("it cannot be loaded", e);
    }
  }

  private Map<Long, String> labels(Arena arena) throws IOException {
    long status = call(INITIALIZE, FunctionDescriptor.of(JAVA_LONG, ADDRESS), MemorySegment.NULL);
    if (status != ALREADY_INITIALIZED) {
      require(status, "initialize");
    }
    var slots = arena.allocate(JAVA_LONG, MOST_SLOTS);
    var number = arena.allocateFrom(JAVA_LONG, MOST_SLOTS);
    var listing = FunctionDescriptor.of(JAVA_LONG, JAVA_BYTE, ADDRESS, ADDRESS);
    require(call(SLOT_LIST, listing, (byte) 1, slots, number), "list slots");
    var labels = new TreeMap<Long, String>();
    for (int i = 0; i < number.get(JAVA_LONG, 0); i++) {
      long slot = slots.getAtIndex(JAVA_LONG, i);
      labels.put(slot, label(slot, arena));
    }
    return labels;
  }

  private String label(long slot, Arena arena) throws IOException {
    var info = arena.allocate(TOKEN_INFO_SIZE);
    require(
        call(TOKEN_INFO, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS), slot, info),
        "read a token's label");
    var label = info.asSlice(0, LABEL).toArray(ValueLayout.JAVA_BYTE);
    return new String(label, StandardCharsets.UTF_8).strip();
  }

  private long call(int function, FunctionDescriptor type, Object... arguments) throws IOException {
    return invoke(functions.get(ADDRESS, 8L * (function + 1)), type, arguments);
  }

  private static long invoke(MemorySegment function, FunctionDescriptor type, Object... arguments)
      throws IOException {
    try {
      return (long)
          Linker.nativeLinker().downcallHandle(function, type).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IOException("call it: " + e.getMessage(), e);
    }
  }

  private static void require(long status, String attempt) throws IOException {
    if (status != 0) {
      throw new IOException("%s: error 0x%x".formatted(attempt, status));
    }
  }
}
