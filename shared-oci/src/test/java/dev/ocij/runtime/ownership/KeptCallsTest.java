package dev.ocij.runtime.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.linux.Architecture;
import dev.ocij.runtime.BpfMachine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptCallsTest {
  private static final int ASK = 0x7fc0_0000;
  private static final int ALLOW = 0x7fff_0000;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          fchownat,   0, 0, 0,    true
          lchown,     0, 0, 0,    true
          setresuid,  0, 0, 0,    true
          getgroups,  0, 0, 0,    true
          statx,      0, 0, 0,    true
          mknod,      0, 0, 0,    true
          open,       0, 0100, 0, true
          open,       0, 0x80000, 0100, false
          openat,     0, 0100, 0, false
          openat,     0, 0, 0301, true
          openat,     0, 0, 02,   false
          read,       0, 0, 0,    false
          execve,     0, 0, 0,    false
          sendmsg,    0, 0, 0,    false
          dup3,       0, 0, 0,    false
          close_range, 0, 0, 0,   false
          capset,     0, 0, 0,    false
          prctl,      0, 0, 0,    false
          """)
  void asks_about_what_has_to_do_with_owners(
      String call, String first, String second, String third, boolean asks) {
    int number = Architecture.X86_64.number(call).orElseThrow();
    int verdict =
        BpfMachine.run(
            KeptCalls.filter(Architecture.X86_64),
            Architecture.X86_64.audit(),
            number,
            Long.decode(first),
            Long.decode(second),
            Long.decode(third),
            0,
            0,
            0);
    assertThat(verdict).isEqualTo(asks ? ASK : ALLOW);
  }

  @ParameterizedTest
  @CsvSource({"212", "4", "92"})
  void does_not_ask_about_other_machines(int number) {
    var filter = KeptCalls.filter(Architecture.X86_64);
    assertThat(BpfMachine.run(filter, Architecture.I386.audit(), number)).isEqualTo(ALLOW);
  }
}
