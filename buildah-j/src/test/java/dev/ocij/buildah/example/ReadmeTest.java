package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.ProjectFolder;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the text about the examples tells people to type does what it says.
@Tag("root")
@Tag("tool")
@Tag("distribution")
class ReadmeTest {
  @Test
  void the_commands_that_build_the_examples_work() throws IOException {
    Require.root();
    Busybox.required();
    try (var folder = TemporaryFolder.create("readme")) {
      copyProject(folder.path());
      var commands = commands();
      assertThat(commands).hasSizeGreaterThan(1);
      for (var command : commands) {
        inside(folder.path(), Tool.required("sh").with("-c", command)).outcome().succeeded();
      }
    }
  }

  /// The lines of the first block, without those that run what was built.
  private static List<String> commands() throws IOException {
    var text = Files.readString(ProjectFolder.root().resolve("Containerfiles/README.md"));
    var block = text.substring(text.indexOf("```sh\n") + "```sh\n".length());
    return block
        .substring(0, block.indexOf("```"))
        .lines()
        .filter(line -> !line.contains("podman-j run"))
        .toList();
  }

  private static void copyProject(Path folder) throws IOException {
    var root = ProjectFolder.root();
    Files.createSymbolicLink(folder.resolve("buildah-j"), root.resolve("buildah-j"));
    Tool.required("cp")
        .run("-r", root.resolve("Containerfiles").toString(), folder.toString())
        .succeeded();
  }

  private static Run inside(Path folder, Run run) {
    return run.in(folder).with(Map.of("XDG_DATA_HOME", folder.resolve("data").toString()));
  }
}
