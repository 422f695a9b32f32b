package dev.ocij.buildah.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildFolderTest {
  @TempDir private Path containers;
  @TempDir private Path groups;

  /// An empty folder is to be removed as a control group is.
  @Test
  void the_next_build_removes_what_a_killed_one_left_and_its_control_groups() throws IOException {
    var group = Files.createDirectory(groups.resolve("ocij-1"));
    var left = Files.createDirectory(containers.resolve("build-left"));
    var run = Files.createDirectory(left.resolve("run-1"));
    Files.writeString(run.resolve("cgroup"), group.toString());
    try (var _ = BuildFolder.open(containers)) {
      assertThat(left).doesNotExist();
      assertThat(group).doesNotExist();
    }
  }

  @Test
  void a_build_that_goes_on_keeps_its_own() throws IOException {
    var group = Files.createDirectory(groups.resolve("ocij-1"));
    try (var first = BuildFolder.open(containers)) {
      var run = first.next();
      Files.writeString(run.resolve("cgroup"), group.toString());
      BuildFolder.open(containers).close();
      assertThat(run).isDirectory();
      assertThat(group).isDirectory();
    }
  }
}
