package dev.ocij.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which system calls a container may make: runtime-spec, "Seccomp". [SeccompFilter] compiles it.
///
/// @param architectures `SCMP_ARCH_…`; a call of any other is refused
public record Seccomp(
    String defaultAction,
    @Nullable Integer defaultErrnoRet,
    List<String> architectures,
    List<Rule> syscalls)
    implements JsonForm {

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

  static Seccomp from(FieldReader json) {
    return new Seccomp(
        json.required("defaultAction"),
        json.integerOrNull("defaultErrnoRet"),
        json.texts("architectures"),
        json.objects("syscalls", Rule::from));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .text("defaultAction", defaultAction)
        .present("defaultErrnoRet", defaultErrnoRet)
        .list("architectures", architectures)
        .list("syscalls", syscalls)
        .node();
  }

  /// What happens to calls of these names whose arguments fulfil all conditions.
  public record Rule(
      List<String> names, String action, @Nullable Integer errnoRet, List<Argument> args)
      implements JsonForm {
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

    static Rule from(FieldReader json) {
      return new Rule(
          json.texts("names"),
          json.required("action"),
          json.integerOrNull("errnoRet"),
          json.objects("args", Argument::from));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter()
          .list("names", names)
          .text("action", action)
          .present("errnoRet", errnoRet)
          .list("args", args)
          .node();
    }
  }

  /// A condition on the argument of this index, counted from 0.
  ///
  /// @param value compared with; for `SCMP_CMP_MASKED_EQ` the mask
  /// @param valueTwo for `SCMP_CMP_MASKED_EQ` what must remain under the mask
  public record Argument(int index, long value, Long valueTwo, String op) implements JsonForm {
    public Argument(int index, long value, @Nullable Long valueTwo, String op) {
      this.index = index;
      this.value = value;
      this.valueTwo = valueTwo == null ? 0L : valueTwo;
      this.op = op;
    }

    static Argument from(FieldReader json) {
      return new Argument(
          json.integer("index"),
          json.number("value"),
          json.numberOrNull("valueTwo"),
          json.required("op"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter()
          .put("index", index)
          .put("value", value)
          .put("valueTwo", valueTwo)
          .put("op", op)
          .node();
    }
  }
}
