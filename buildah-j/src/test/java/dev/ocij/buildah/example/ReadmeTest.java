package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.ProjectFolder;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the project tells people to type does what it says. The two commands of the README's "Try
/// it" are elsewhere: ReleaseTest runs the first, the second runs this.
@Tag("root")
@Tag("tool")
@Tag("distribution")
class ReadmeTest {
  private static final String ANY_REGISTRY = "registry.example";

  @Test
  void the_commands_that_build_the_examples_work() throws IOException {
    Require.root();
    Busybox.required();
    try (var folder = TemporaryFolder.create("readme")) {
      copyProject(folder.path());
      var commands = commands("Containerfiles/README.md", "```sh\n");
      assertThat(commands).hasSizeGreaterThan(3);
      for (var command : commands) {
        inside(folder.path(), Map.of(), command).outcome().succeeded();
      }
    }
  }

  /// With a registry of this machine in place of the one that stands for any.
  @Test
  void the_commands_of_everyday_use_work() throws IOException {
    Require.root();
    try (var folder = TemporaryFolder.create("readme");
        var registry = DockerRegistry.setup().tls().open()) {
      copyProject(folder.path());
      Busybox.required().writeLayout(folder.path().resolve("base"), "busybox");
      Files.writeString(
          folder.path().resolve("Containerfile"), "FROM oci:base:busybox\nRUN echo hello\n");
      var settings = Files.createDirectories(folder.path().resolve("config/containers"));
      Files.writeString(
          settings.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
      var trusted =
          Map.of(
              "SSL_CERT_FILE", registry.certificate().toString(),
              "XDG_CONFIG_HOME", folder.path().resolve("config").toString());
      var pushed = "docker://%s/team/app:1.2".formatted(registry.host());
      inside(folder.path(), trusted, "skopeo-j/bin/skopeo-j copy oci:base:busybox " + pushed)
          .outcome()
          .succeeded();
      var commands = commands("README.md", "## Use it\n\n```\n");
      assertThat(commands).hasSizeGreaterThan(3);
      for (var command : commands) {
        var here = command.replace(ANY_REGISTRY, registry.host());
        inside(folder.path(), trusted, here).outcome().succeeded();
      }
    }
  }

  /// The lines of the first block after `start`.
  private static List<String> commands(String file, String start) throws IOException {
    var text = Files.readString(ProjectFolder.root().resolve(file));
    var block = text.substring(text.indexOf(start) + start.length());
    return block.substring(0, block.indexOf("```")).lines().toList();
  }

  private static void copyProject(Path folder) throws IOException {
    var root = ProjectFolder.root();
    for (var module : List.of("buildah-j", "skopeo-j")) {
      Files.createSymbolicLink(folder.resolve(module), root.resolve(module));
    }
    Tool.required("cp")
        .run("-r", root.resolve("Containerfiles").toString(), folder.toString())
        .succeeded();
  }

  private static Run inside(Path folder, Map<String, String> environment, String command) {
    var variables = new HashMap<>(environment);
    variables.put("XDG_DATA_HOME", folder.resolve("data").toString());
    return Tool.required("sh").with("-c", command).in(folder).with(variables);
  }
}
