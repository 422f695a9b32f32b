package dev.ocij.buildah.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildFolderTest {
  @TempDir Path containers;

  @Test
  void goes_with_all_it_holds() throws IOException {
    Path run;
    try (var folder = BuildFolder.open(containers)) {
      run = folder.next();
      Files.writeString(run.resolve("made"), "here");
    }
    assertThat(run.getParent()).doesNotExist();
  }

  @Test
  void what_a_killed_build_left_goes_when_another_begins_and_what_is_in_use_stays()
      throws IOException {
    var rest = Files.createDirectories(containers.resolve("build-1234/run-1/upper"));
    try (var first = BuildFolder.open(containers)) {
      var running = first.next();
      assertThat(rest).doesNotExist();
      BuildFolder.open(containers).close();
      assertThat(running).exists();
    }
  }
}
