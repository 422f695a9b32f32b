package dev.ocij.runtime;

import static dev.ocij.runtime.SeccompFilter.AND;
import static dev.ocij.runtime.SeccompFilter.JUMP_IF_EQUAL;
import static dev.ocij.runtime.SeccompFilter.JUMP_IF_GREATER;
import static dev.ocij.runtime.SeccompFilter.JUMP_IF_NOT_LESS;
import static dev.ocij.runtime.SeccompFilter.LOAD;

import dev.ocij.runtime.BpfProgram.Instruction;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.util.List;

/// A condition on a 64-bit argument in instructions that know 32 bits: the upper half decides
/// unless it is equal.
final class SeccompCondition {
  private static final int ARGUMENTS = 16;

  private final int upper;
  private final int lower;
  private final Instruction loadUpper;
  private final Instruction loadLower;

  private SeccompCondition(Seccomp.Argument argument) {
    int offset = ARGUMENTS + argument.index() * Long.BYTES;
    this.upper = (int) (argument.value() >> Integer.SIZE);
    this.lower = (int) argument.value();
    this.loadLower = new Instruction(LOAD, 0, 0, offset);
    this.loadUpper = new Instruction(LOAD, 0, 0, offset + Integer.BYTES);
  }

  /// Code that goes on behind itself where the condition holds, and `rest` instructions further
  /// where not.
  static List<Instruction> of(Seccomp.Argument argument, int rest) {
    var condition = new SeccompCondition(argument);
    return switch (argument.op()) {
      case "SCMP_CMP_EQ" -> condition.equal(rest, 0);
      case "SCMP_CMP_NE" -> condition.equal(0, rest);
      case "SCMP_CMP_GT" -> condition.ordered(JUMP_IF_GREATER, 0, rest);
      case "SCMP_CMP_LE" -> condition.ordered(JUMP_IF_GREATER, rest, 0);
      case "SCMP_CMP_GE" -> condition.ordered(JUMP_IF_NOT_LESS, 0, rest);
      case "SCMP_CMP_LT" -> condition.ordered(JUMP_IF_NOT_LESS, rest, 0);
      case "SCMP_CMP_MASKED_EQ" -> condition.masked(argument.valueTwo(), rest);
      default ->
          throw new OciException(
              Category.INVALID,
              "compile the seccomp profile: unknown comparison " + Quoted.of(argument.op()));
    };
  }

  private List<Instruction> equal(int ifUnequal, int ifEqual) {
    return List.of(
        loadUpper,
        new Instruction(JUMP_IF_EQUAL, 0, ifUnequal + 2, upper),
        loadLower,
        new Instruction(JUMP_IF_EQUAL, ifEqual, ifUnequal, lower));
  }

  private List<Instruction> ordered(int comparison, int ifTrue, int ifFalse) {
    return List.of(
        loadUpper,
        new Instruction(JUMP_IF_GREATER, ifTrue + 3, 0, upper),
        new Instruction(JUMP_IF_EQUAL, 0, ifFalse + 2, upper),
        loadLower,
        new Instruction(comparison, ifTrue, ifFalse, lower));
  }

  private List<Instruction> masked(long wanted, int rest) {
    return List.of(
        loadUpper,
        new Instruction(AND, 0, 0, upper),
        new Instruction(JUMP_IF_EQUAL, 0, rest + 3, (int) (wanted >> Integer.SIZE)),
        loadLower,
        new Instruction(AND, 0, 0, lower),
        new Instruction(JUMP_IF_EQUAL, 0, rest, (int) wanted));
  }
}
