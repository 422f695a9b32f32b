package dev.ocij.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.linux.Architecture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeccompFilterTest {
  private static final int ALLOW = 0x7fff0000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050026;

  private static final BpfProgram USUAL = usual(Set.of());
  private static final BpfProgram ADMINISTRATOR = usual(Set.of("CAP_SYS_ADMIN"));

  @Test
  void all_calls_of_all_architectures_are_decided_by_their_rules() {
    for (var architecture : List.of(Architecture.X86_64, Architecture.I386)) {
      for (var name : List.of("read", "execve", "openat2", "exit_group", "capset", "setresuid")) {
        assertThat(run(USUAL, architecture, name)).as(name).isEqualTo(ALLOW);
      }
      for (var name : List.of("mount", "unshare", "bpf", "keyctl", "kexec_load", "setns")) {
        assertThat(run(USUAL, architecture, name)).as(name).isEqualTo(EPERM);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          personality, 0x20008,     allow
          personality, 0x40000,     refuse
          personality, 0x100000000, refuse
          socket,      2,           allow
          socket,      40,          refuse
          clone,       0x11,        allow
          clone,       0x20000,     refuse
          clone,       0x10000011,  refuse
          """)
  void arguments_decide(String call, String argument, String verdict) {
    assertThat(run(USUAL, Architecture.X86_64, call, Long.decode(argument)))
        .isEqualTo(verdict.equals("allow") ? ALLOW : EPERM);
  }

  @Test
  void capabilities_decide() {
    assertThat(run(ADMINISTRATOR, Architecture.X86_64, "mount")).isEqualTo(ALLOW);
    assertThat(run(ADMINISTRATOR, Architecture.X86_64, "clone3")).isEqualTo(ALLOW);
    assertThat(run(USUAL, Architecture.X86_64, "clone3")).isEqualTo(ENOSYS);
  }

  @Test
  void other_architectures_and_x32_are_refused() {
    assertThat(run(USUAL, Architecture.AARCH64, "read")).isEqualTo(EPERM);
    assertThat(BpfMachine.run(USUAL, Architecture.X86_64.audit(), 0x40000000)).isEqualTo(EPERM);
    assertThat(BpfMachine.run(USUAL, Architecture.X86_64.audit(), 100_000)).isEqualTo(EPERM);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          SCMP_CMP_EQ, 5, 5, true
          SCMP_CMP_EQ, 5, 0x100000005, false
          SCMP_CMP_NE, 5, 5, false
          SCMP_CMP_NE, 5, 0x100000005, true
          SCMP_CMP_NE, 5, 6, true
          SCMP_CMP_LT, 5, 4, true
          SCMP_CMP_LT, 5, 5, false
          SCMP_CMP_LT, 5, 0x100000000, false
          SCMP_CMP_LT, 0x100000000, 7, true
          SCMP_CMP_LE, 5, 5, true
          SCMP_CMP_LE, 5, 6, false
          SCMP_CMP_LE, 5, 0x100000000, false
          SCMP_CMP_GE, 5, 5, true
          SCMP_CMP_GE, 5, 4, false
          SCMP_CMP_GE, 0x100000000, 0xffffffff, false
          SCMP_CMP_GT, 5, 5, false
          SCMP_CMP_GT, 5, 0x100000000, true
          """)
  void compares_64_bits(String op, String value, String argument, boolean holds) {
    var rule =
        new Seccomp.Rule(
            List.of("read"),
            "SCMP_ACT_ALLOW",
            null,
            List.of(new Seccomp.Argument(0, Long.decode(value), null, op)));
    var filter =
        SeccompFilter.compile(
            new Seccomp("SCMP_ACT_ERRNO", null, List.of(), List.of(rule)), Architecture.X86_64);
    assertThat(run(filter, Architecture.X86_64, "read", Long.decode(argument)))
        .isEqualTo(holds ? ALLOW : EPERM);
  }

  @Test
  void unknown_actions_are_refused() {
    var seccomp = new Seccomp("SCMP_ACT_PLEASE", null, List.of(), List.of());
    assertThatThrownBy(() -> SeccompFilter.compile(seccomp, Architecture.X86_64))
        .hasMessage("compile the seccomp profile: unknown action \"SCMP_ACT_PLEASE\"");
  }

  private static BpfProgram usual(Set<String> capabilities) {
    return SeccompFilter.compile(
        SeccompProfile.usual().resolve("amd64", capabilities), Architecture.X86_64);
  }

  private static int run(
      BpfProgram filter, Architecture architecture, String call, long... arguments) {
    return BpfMachine.run(
        filter, architecture.audit(), architecture.number(call).orElseThrow(), arguments);
  }
}
