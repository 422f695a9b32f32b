package dev.ocij.runtime;

import dev.ocij.linux.Architecture;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A seccomp profile in the shape of Docker's: as [Seccomp], with rules that hold only on some
/// architectures or with some capabilities. A file in the shape of runtime-spec is one too.
///
/// @param defaultAction empty for no filter at all
public record SeccompProfile(
    String defaultAction, @Nullable Integer defaultErrnoRet, List<Rule> syscalls) {
  /// The same once more for the next container, so that its filter need not be compiled again.
  private static volatile @Nullable Resolved last;

  /// On x86_64 programs of its 32-bit predecessor run as well.
  private static final List<String> X86 = List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86");

  private static final List<String> ARM = List.of("SCMP_ARCH_AARCH64");

  public SeccompProfile(
      String defaultAction, @Nullable Integer defaultErrnoRet, @Nullable List<Rule> syscalls) {
    this.defaultAction = defaultAction;
    this.defaultErrnoRet = defaultErrnoRet;
    this.syscalls = Copies.of(syscalls);
  }

  /// The profile that containers get: all calls that ordinary programs make.
  public static SeccompProfile usual() {
    return Usual.PROFILE;
  }

  private static final class Usual {
    static final SeccompProfile PROFILE = UsualSeccomp.profile();
  }

  /// Compiles the filter that a container without wishes gets.
  public static void prepareUsual() {
    var capabilities = Capabilities.choose(false, List.of(), List.of());
    SeccompFilter.compile(usual().resolve(machine(), capabilities), Architecture.current());
  }

  /// This machine's architecture, as profiles call it.
  static String machine() {
    return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
  }

  public static SeccompProfile unconfined() {
    return new SeccompProfile("", null, List.of());
  }

  public static SeccompProfile parse(byte[] json) {
    return Json.read(json, SeccompProfile::from, "seccomp profile");
  }

  private static SeccompProfile from(FieldReader json) {
    return new SeccompProfile(
        json.required("defaultAction"),
        json.integerOrNull("defaultErrnoRet"),
        json.objects("syscalls", Rule::from));
  }

  public boolean isUnconfined() {
    return defaultAction.isEmpty();
  }

  /// The profile for one container.
  ///
  /// @param architecture as Go names it: `amd64`, `arm64`
  Seccomp resolve(String architecture, Set<String> capabilities) {
    var known = last;
    if (known != null && known.isOf(this, architecture, capabilities)) {
      return known.seccomp();
    }
    var seccomp = resolved(architecture, capabilities);
    last = new Resolved(this, architecture, Set.copyOf(capabilities), seccomp);
    return seccomp;
  }

  private Seccomp resolved(String architecture, Set<String> capabilities) {
    return new Seccomp(
        defaultAction,
        defaultErrnoRet,
        architecture.equals("amd64") ? X86 : ARM,
        syscalls.stream()
            .filter(rule -> rule.holds(architecture, capabilities))
            .map(Rule::plain)
            .toList());
  }

  private record Resolved(
      SeccompProfile profile, String architecture, Set<String> capabilities, Seccomp seccomp) {
    boolean isOf(SeccompProfile other, String machine, Set<String> present) {
      return profile.equals(other) && architecture.equals(machine) && capabilities.equals(present);
    }
  }

  /// A rule with the conditions under which it holds.
  public record Rule(
      List<String> names,
      String action,
      @Nullable Integer errnoRet,
      List<Seccomp.Argument> args,
      Condition includes,
      Condition excludes) {
    public Rule(
        @Nullable List<String> names,
        String action,
        @Nullable Integer errnoRet,
        @Nullable List<Seccomp.Argument> args,
        @Nullable Condition includes,
        @Nullable Condition excludes) {
      this.names = Copies.of(names);
      this.action = action;
      this.errnoRet = errnoRet;
      this.args = Copies.of(args);
      this.includes = includes == null ? Condition.ALWAYS : includes;
      this.excludes = excludes == null ? Condition.ALWAYS : excludes;
    }

    private static Rule from(FieldReader json) {
      return new Rule(
          json.texts("names"),
          json.required("action"),
          json.integerOrNull("errnoRet"),
          json.objects("args", Seccomp.Argument::from),
          json.object("includes", Condition::from),
          json.object("excludes", Condition::from));
    }

    boolean holds(String architecture, Set<String> capabilities) {
      return includes.admits(architecture, capabilities)
          && !excludes.concerns(architecture, capabilities);
    }

    Seccomp.Rule plain() {
      return new Seccomp.Rule(names, action, errnoRet, args);
    }
  }

  /// Architectures of which one, and capabilities all of which, must be there. Kernel versions are
  /// not asked: the container's kernel is new enough for all that profiles ask for today.
  public record Condition(List<String> architectures, List<String> capabilities) {
    static final Condition ALWAYS = new Condition(null, null);

    public Condition(@Nullable List<String> architectures, @Nullable List<String> capabilities) {
      this.architectures = Copies.of(architectures);
      this.capabilities = Copies.of(capabilities);
    }

    private static Condition from(FieldReader json) {
      return new Condition(json.texts("arches"), json.texts("caps"));
    }

    boolean admits(String architecture, Set<String> present) {
      return (architectures.isEmpty() || architectures.contains(architecture))
          && present.containsAll(capabilities);
    }

    boolean concerns(String architecture, Set<String> present) {
      return architectures.contains(architecture)
          || capabilities.stream().anyMatch(present::contains);
    }
  }
}
