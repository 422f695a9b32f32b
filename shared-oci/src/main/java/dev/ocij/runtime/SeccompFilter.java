package dev.ocij.runtime;

import dev.ocij.linux.Architecture;
import dev.ocij.runtime.BpfProgram.Instruction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compiles a [Seccomp] to BPF: first the architecture, then the number of the call by bisection,
/// then the conditions on its arguments.
///
/// Where several rules name a call, those with conditions are asked first, in their order.
public final class SeccompFilter {
  static final int LOAD = 0x20;
  static final int JUMP = 0x05;
  static final int JUMP_IF_EQUAL = 0x15;
  static final int JUMP_IF_GREATER = 0x25;
  static final int JUMP_IF_NOT_LESS = 0x35;
  static final int RETURN = 0x06;
  static final int AND = 0x54;

  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int X32_BIT = 0x40000000;

  /// What the last container needed serves the next one of this process too.
  private static volatile @Nullable Compiled last;

  private final Seccomp seccomp;
  private final int otherwise;
  private final IdentityHashMap<Seccomp.Rule, List<Instruction>> unconditional =
      new IdentityHashMap<>();

  private SeccompFilter(Seccomp seccomp) {
    this.seccomp = seccomp;
    this.otherwise = SeccompAction.of(seccomp.defaultAction(), seccomp.defaultErrnoRet());
  }

  /// @param machine whose processes are filtered, with those of older sets that it also runs
  public static BpfProgram compile(Seccomp seccomp, Architecture machine) {
    var known = last;
    if (known != null && known.seccomp().equals(seccomp) && known.machine() == machine) {
      return known.program();
    }
    var program = new BpfProgram(new SeccompFilter(seccomp).program(machine));
    last = new Compiled(seccomp, machine, program);
    return program;
  }

  private record Compiled(Seccomp seccomp, Architecture machine, BpfProgram program) {}

  private List<Instruction> program(Architecture machine) {
    var program = new ArrayList<Instruction>();
    program.add(new Instruction(LOAD, 0, 0, ARCHITECTURE));
    for (var architecture : architectures(machine)) {
      var part = part(architecture);
      program.add(new Instruction(JUMP_IF_EQUAL, 1, 0, architecture.audit()));
      program.add(jump(part.size()));
      program.addAll(part);
    }
    program.add(returning(otherwise));
    return program;
  }

  private List<Architecture> architectures(Architecture machine) {
    boolean both =
        machine == Architecture.X86_64 && seccomp.architectures().contains("SCMP_ARCH_X86");
    return both ? List.of(machine, Architecture.I386) : List.of(machine);
  }

  private List<Instruction> part(Architecture architecture) {
    var part = new ArrayList<Instruction>();
    part.add(new Instruction(LOAD, 0, 0, NUMBER));
    if (architecture == Architecture.X86_64) {
      // The x32 numbers would otherwise be taken for others.
      part.add(new Instruction(JUMP_IF_NOT_LESS, 0, 1, X32_BIT));
      part.add(returning(otherwise));
    }
    part.addAll(bisect(ranges(architecture)));
    return part;
  }

  /// Neighbours that are treated alike make one range; `from` is its first number.
  private List<Range> ranges(Architecture architecture) {
    var ranges = new ArrayList<Range>();
    var refused = List.of(returning(otherwise));
    ranges.add(new Range(0, refused));
    int next = 0;
    for (var entry : rules(architecture).entrySet()) {
      if (entry.getKey() > next) {
        append(ranges, new Range(next, refused));
      }
      append(ranges, new Range(entry.getKey(), decide(entry.getValue())));
      next = entry.getKey() + 1;
    }
    append(ranges, new Range(next, refused));
    return ranges;
  }

  private static void append(List<Range> ranges, Range range) {
    if (ranges.getLast().code().equals(range.code())) {
      return;
    }
    if (ranges.getLast().from() == range.from()) {
      ranges.removeLast();
    }
    ranges.add(range);
  }

  private Map<Integer, List<Seccomp.Rule>> rules(Architecture architecture) {
    var rules = new TreeMap<Integer, List<Seccomp.Rule>>();
    for (var rule : seccomp.syscalls()) {
      for (var name : rule.names()) {
        architecture
            .number(name)
            .ifPresent(number -> rules.computeIfAbsent(number, _ -> new ArrayList<>()).add(rule));
      }
    }
    return rules;
  }

  private List<Instruction> decide(List<Seccomp.Rule> rules) {
    if (rules.size() == 1 && rules.getFirst().args().isEmpty()) {
      return unconditional(rules.getFirst());
    }
    var code = new ArrayList<Instruction>();
    rules.stream()
        .filter(rule -> !rule.args().isEmpty())
        .forEach(rule -> code.addAll(conditional(rule)));
    var last =
        rules.stream().filter(rule -> rule.args().isEmpty()).map(SeccompFilter::action).findFirst();
    code.add(returning(last.orElse(otherwise)));
    return code;
  }

  /// The same for each of a rule's many names, so that neighbours are quickly seen to be alike.
  private List<Instruction> unconditional(Seccomp.Rule rule) {
    return unconditional.computeIfAbsent(rule, each -> List.of(returning(action(each))));
  }

  /// Each condition that does not hold leads behind the rule.
  private static List<Instruction> conditional(Seccomp.Rule rule) {
    var code = new ArrayList<Instruction>();
    code.add(returning(action(rule)));
    for (var argument : rule.args().reversed()) {
      code.addAll(0, SeccompCondition.of(argument, code.size()));
    }
    return code;
  }

  private static int action(Seccomp.Rule rule) {
    return SeccompAction.of(rule.action(), rule.errnoRet());
  }

  private static List<Instruction> bisect(List<Range> ranges) {
    if (ranges.size() == 1) {
      return ranges.getFirst().code();
    }
    int middle = ranges.size() / 2;
    var low = bisect(ranges.subList(0, middle));
    var code = new ArrayList<Instruction>();
    code.add(new Instruction(JUMP_IF_NOT_LESS, 0, 1, ranges.get(middle).from()));
    code.add(jump(low.size()));
    code.addAll(low);
    code.addAll(bisect(ranges.subList(middle, ranges.size())));
    return code;
  }

  private static Instruction jump(int over) {
    return new Instruction(JUMP, 0, 0, over);
  }

  private static Instruction returning(int value) {
    return new Instruction(RETURN, 0, 0, value);
  }

  private record Range(int from, List<Instruction> code) {}
}
