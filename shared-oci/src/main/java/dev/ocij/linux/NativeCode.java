package dev.ocij.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Code outside of the virtual machine. All that takes words and answers one is called in one way,
/// for the JDK makes code of its own for each way, which takes some milliseconds.
public final class NativeCode {
  private static final FunctionDescriptor SEVEN_WORDS =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private NativeCode() {}

  /// A handle that takes the segment that receives errno and seven words; code that takes fewer
  /// does not see the others.
  static MethodHandle at(MemorySegment address) {
    return Linker.nativeLinker()
        .downcallHandle(address, SEVEN_WORDS, Linker.Option.captureCallState("errno"));
  }

  /// Makes what starting a program and looking at files need.
  public static void prepare() {
    var _ = Spawner.INSTANCE;
    var _ = Libc.Openat.CALL;
    var _ = Libc.Statx.CALL;
    var _ = Libc.Getdents64.CALL;
    var _ = Libc.Unlinkat.CALL;
    var _ = Libc.Close.CALL;
  }
}
