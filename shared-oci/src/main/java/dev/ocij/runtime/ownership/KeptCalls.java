package dev.ocij.runtime.ownership;

import dev.ocij.linux.Architecture;
import dev.ocij.runtime.BpfProgram;
import dev.ocij.runtime.BpfProgram.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The filter that makes the kernel ask about a call: all that tell or set owners or identities, or
/// make a file. Calls of other architectures than the machine's own are not asked about.
final class KeptCalls {
  private static final List<String> ALWAYS =
      List.of(
          "stat lstat fstat newfstatat statx",
          "chown lchown fchown fchownat",
          "getuid geteuid getgid getegid getresuid getresgid getgroups",
          "setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups",
          "creat mkdir mkdirat symlink symlinkat mknod mknodat");

  /// Calls that may make a file, with the place of their flags among the operands.
  private static final Map<String, Integer> WITH_FLAGS = Map.of("open", 1, "openat", 2);

  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_SET = 0x45;
  private static final int RETURN = 0x06;
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int OPERANDS = 16;
  private static final int ASK = 0x7fc0_0000;
  private static final int ALLOW = 0x7fff_0000;

  private KeptCalls() {}

  static BpfProgram filter(Architecture machine) {
    var program = new ArrayList<Instruction>();
    program.add(new Instruction(LOAD, 0, 0, ARCHITECTURE));
    program.add(new Instruction(JUMP_IF_EQUAL, 1, 0, machine.audit()));
    program.add(new Instruction(RETURN, 0, 0, ALLOW));
    program.add(new Instruction(LOAD, 0, 0, NUMBER));
    for (var line : ALWAYS) {
      for (var name : line.split(" ")) {
        machine.number(name).ifPresent(number -> ask(program, number));
      }
    }
    WITH_FLAGS.forEach((name, place) ->
        machine.number(name).ifPresent(number -> askWhereMaking(program, number, place)));
    program.add(new Instruction(RETURN, 0, 0, ALLOW));
    return new BpfProgram(program);
  }

  private static void ask(List<Instruction> program, int number) {
    program.add(new Instruction(JUMP_IF_EQUAL, 0, 1, number));
    program.add(new Instruction(RETURN, 0, 0, ASK));
  }

  private static void askWhereMaking(List<Instruction> program, int number, int place) {
    program.add(new Instruction(JUMP_IF_EQUAL, 0, 4, number));
    program.add(new Instruction(LOAD, 0, 0, OPERANDS + place * Long.BYTES));
    program.add(new Instruction(JUMP_IF_SET, 0, 1, CreationCalls.O_CREAT));
    program.add(new Instruction(RETURN, 0, 0, ASK));
    program.add(new Instruction(RETURN, 0, 0, ALLOW));
  }
}
