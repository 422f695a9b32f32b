package dev.ocij.term;

import dev.ocij.linux.LinuxSyscalls;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/// Runs several lines of a program in one virtual machine, for it to write down which classes they
/// need. Only the build starts this, when it makes the caches that the launchers use.
final class Training {
  private Training() {}

  /// The arguments are the name of a class with a static method `program(String...)`, then the
  /// lines. One that begins with `- ` may fail, for the machine may not allow what it does.
  public static void main(String[] args) throws ReflectiveOperationException {
    var factory = Class.forName(args[0]).getDeclaredMethod("program", String[].class);
    factory.setAccessible(true);
    LibraryLog.install();
    for (int i = 1; i < args.length; i++) {
      boolean mayFail = args[i].startsWith("- ");
      var line = args[i].substring(mayFail ? 2 : 0);
      int exitCode = run(factory, line.split(" "));
      if (exitCode != ExitCode.OK && !mayFail) {
        System.err.printf("train with \"%s\": it ended with %d%n", args[i], exitCode);
      }
    }
    new LinuxSyscalls().call("getpid"); // as the end of a program, but that it goes on
  }

  private static int run(Method factory, String... line) throws ReflectiveOperationException {
    var program = (Program) factory.invoke(null, (Object) line);
    var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
    int exitCode = program.run(out, err, line);
    out.flush();
    err.flush();
    return exitCode;
  }
}
