package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.runtime.LinuxConfig.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlGroupTest {
  @TempDir Path parent;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1000, 1500,     ,       ,     , '{memory.max=1000, memory.swap.max=500}'
          1000, -1,       ,       ,     , '{memory.max=1000, memory.swap.max=max}'
          -1,   ,         ,       ,     , '{memory.max=max}'
          ,     ,     50000,      ,     , '{cpu.max=50000}'
          ,     ,     50000, 200000,    , '{cpu.max=50000 200000}'
          ,     ,          , 200000,    , '{cpu.max=max 200000}'
          ,     ,          ,      , 2   , '{cpu.weight=1}'
          ,     ,          ,      , 1024, '{cpu.weight=39}'
          ,     ,          ,      , 262144, '{cpu.weight=10000}'
          """)
  void version_2_has_other_names_and_numbers(
      @Nullable Long memory,
      @Nullable Long swap,
      @Nullable Long quota,
      @Nullable Long period,
      @Nullable Long shares,
      String settings) {
    assertThat(
            GroupSettings.of(
                new Resources(
                    new Resources.Memory(memory, null, swap),
                    new Resources.Cpu(shares, quota, period, null, null),
                    null)))
        .hasToString(settings);
  }

  @Test
  void a_process_joins_a_group_first_and_the_group_goes() throws IOException {
    var group = ControlGroup.make(parent, new Resources(null, null, null));
    assertThat(group.processes().getParent()).hasParent(parent);
    var calls =
        SyscallProgram.of(List.of(new InitAction.JoinControlGroup(group.processes()))).calls();
    assertThat(calls).extracting("name").containsExactly("openat", "write");
    group.close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void a_group_that_cannot_be_limited_goes_again() {
    var limits = new Resources(new Resources.Memory(1L << 20, null, null), null, null);
    assertThatThrownBy(() -> ControlGroup.make(parent, limits))
        .hasMessage("memory.max cannot be written there");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void a_group_around_others_goes_with_the_last_of_them() throws IOException {
    var around = parent.resolve(ControlGroup.outer("p"));
    assertThat(GroupPlaces.inside(parent, "ocij-pod-p/ocij-a", true)).isEqualTo(parent);
    var nothing = new Resources(null, null, null);
    assertThat(ControlGroup.around(around, parent, nothing)).isTrue();
    assertThat(ControlGroup.around(around, parent, nothing)).isTrue();
    assertThat(GroupPlaces.inside(parent, "ocij-pod-p/ocij-a", true)).isEqualTo(around);
    var one = ControlGroup.make(around, nothing);
    var other = ControlGroup.make(around, nothing);
    one.close();
    assertThat(around).isDirectory();
    other.close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void a_group_around_others_that_cannot_be_limited_is_none() {
    var limits = new Resources(null, null, new Resources.Pids(1));
    assertThat(ControlGroup.around(parent.resolve("ocij-pod-p"), parent, limits)).isFalse();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void nothing_is_left_of_a_group_that_cannot_be_limited() {
    var limits = new Resources(null, null, new Resources.Pids(1));
    var nowhere = parent.resolve("none");
    assertThatThrownBy(() -> ControlGroup.make(nowhere, limits)).isInstanceOf(IOException.class);
    assertThat(nowhere).doesNotExist();
  }
}
