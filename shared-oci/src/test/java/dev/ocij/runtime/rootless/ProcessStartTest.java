package dev.ocij.runtime.rootless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.linux.Spawn;
import dev.ocij.linux.Spawned;
import dev.ocij.linux.Syscalls;
import dev.ocij.linux.SystemCall;
import dev.ocij.runtime.LinuxConfig.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStartTest {
  private static final long ENOSYS = -38;

  @TempDir Path parent;

  private final List<Spawn> spawns = new ArrayList<>();

  @Test
  void a_container_is_in_its_group_from_the_first() throws IOException {
    try (var group = group()) {
      assertThat(started(group, 7).spawned().pid()).isEqualTo(7);
      assertThat(spawns).hasSize(1);
      assertThat(spawns.getFirst().group()).isEqualTo(group.directory());
      assertThat(spawns.getFirst().calls()).extracting(SystemCall::name).containsExactly("setsid");
    }
  }

  @Test
  void where_that_is_refused_it_goes_there_before_anything_else() throws IOException {
    try (var group = group()) {
      var started = started(group, ENOSYS);
      assertThat(started.spawned().pid()).isEqualTo(ENOSYS);
      assertThat(spawns).hasSize(2);
      assertThat(spawns.getLast().group()).isNull();
      assertThat(started.program().calls())
          .isEqualTo(spawns.getLast().calls())
          .extracting(SystemCall::name)
          .containsExactly("openat", "write", "setsid");
    }
  }

  @Test
  void without_a_group_there_is_one_try() {
    var start = new ProcessStart(List.of(new InitAction.NewSession()), 0, Attended.NOTHING);
    start.spawn(syscalls(ENOSYS));
    assertThat(spawns).hasSize(1);
  }

  private ControlGroup group() throws IOException {
    return ControlGroup.make(parent, new Resources(null, null, null));
  }

  private ProcessStart.Started started(ControlGroup group, long pid) {
    var attended =
        new Attended(Optional.empty(), Optional.of(group), Optional.empty(), OptionalLong.empty());
    return new ProcessStart(List.of(new InitAction.NewSession()), 0, attended).spawn(syscalls(pid));
  }

  private Syscalls syscalls(long pid) {
    return new Syscalls() {
      @Override
      public long call(SystemCall call) {
        throw new AssertionError("called " + call.name());
      }

      @Override
      public Spawned spawn(Spawn spawn) {
        spawns.add(spawn);
        return new Spawned(pid, spawn, new long[spawn.calls().size()]);
      }
    };
  }
}
