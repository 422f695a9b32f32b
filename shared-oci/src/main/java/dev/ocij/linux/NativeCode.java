package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Code outside of the virtual machine. All of it takes words and answers one, and is called in one
/// way, for the JDK makes code of its own for each way, which takes ten milliseconds.
public final class NativeCode {
  private static final MethodHandle SEVEN_WORDS =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                  JAVA_LONG),
              Linker.Option.captureCallState("errno"));

  private NativeCode() {}

  /// Where a function of the C library is.
  static MemorySegment find(String function) {
    return Linker.nativeLinker().defaultLookup().findOrThrow(function);
  }

  /// Calls the code at an address; it does not see the words that it does not take.
  ///
  /// @param errno gets errno, of the layout that the linker says
  static long call(
      MemorySegment code,
      MemorySegment errno,
      long first,
      long second,
      long third,
      long fourth,
      long fifth,
      long sixth,
      long seventh) {
    try {
      return (long)
          SEVEN_WORDS.invokeExact(code, errno, first, second, third, fourth, fifth, sixth, seventh);
    } catch (Throwable e) {
      throw new IllegalStateException("native code could not be called", e);
    }
  }

  /// Makes what starting a program and looking at files need.
  public static void prepare() {
    var _ = Spawner.INSTANCE;
    Libc.buffer();
  }
}
