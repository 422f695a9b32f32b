package dev.ocij.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which system calls a container may make: runtime-spec, "Seccomp". [SeccompFilter] compiles it.
///
/// @param architectures `SCMP_ARCH_…`; a call of any other is refused
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Seccomp(
    String defaultAction,
    @Nullable Integer defaultErrnoRet,
    List<String> architectures,
    List<Rule> syscalls) {

  public Seccomp(
      String defaultAction,
      @Nullable Integer defaultErrnoRet,
      @Nullable List<String> architectures,
      @Nullable List<Rule> syscalls) {
    this.defaultAction = defaultAction;
    this.defaultErrnoRet = defaultErrnoRet;
    this.architectures = Copies.of(architectures);
    this.syscalls = Copies.of(syscalls);
  }

  /// What happens to calls of these names whose arguments fulfil all conditions.
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Rule(
      List<String> names, String action, @Nullable Integer errnoRet, List<Argument> args) {
    public Rule(
        @Nullable List<String> names,
        String action,
        @Nullable Integer errnoRet,
        @Nullable List<Argument> args) {
      this.names = Copies.of(names);
      this.action = action;
      this.errnoRet = errnoRet;
      this.args = Copies.of(args);
    }
  }

  /// A condition on the argument of this index, counted from 0.
  ///
  /// @param value compared with; for `SCMP_CMP_MASKED_EQ` the mask
  /// @param valueTwo for `SCMP_CMP_MASKED_EQ` what must remain under the mask
  public record Argument(int index, long value, Long valueTwo, String op) {
    public Argument(int index, long value, @Nullable Long valueTwo, String op) {
      this.index = index;
      this.value = value;
      this.valueTwo = valueTwo == null ? 0L : valueTwo;
      this.op = op;
    }
  }
}
