package dev.ocij.linux;

/// The end of this process.
///
/// A virtual machine that is told to halt waits 300 ms for threads in native code, and each that
/// waits for a network is in it, though nobody wants to hear from it any more. The kernel waits for
/// none.
public final class ProcessEnd {
  private static volatile boolean kernelIsAsked;

  private ProcessEnd() {}

  /// From now on the kernel is asked: to learn how takes longer than most commands that do not need
  /// it would wait.
  static void askKernel() {
    kernelIsAsked = true;
  }

  /// Ends the process with all its threads; nothing is flushed, and no hook is run.
  public static void now(int status) {
    if (kernelIsAsked) {
      new LinuxSyscalls().call("exit_group", Operand.of(status));
    }
    Runtime.getRuntime().halt(status);
  }
}
