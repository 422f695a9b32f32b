package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.ProjectFolder;
import dev.ocij.testing.Require;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The README's first command: from a Containerfile to a signed image that a policy lets through.
@Tag("distribution")
@Tag("namespace")
@Tag("tool")
class ReleaseTest {
  @BeforeEach
  void needs_the_base() {
    Busybox.required();
  }

  @Test
  @Tag("root")
  void releases_an_image_as_root() {
    Require.root();
    try (var folder = TemporaryFolder.create("release")) {
      var made = folder.path().resolve("made");
      check(Tool.required("sh").run(script().toString(), made.toString()));
    }
  }

  @Test
  void releases_an_image_as_a_user_with_subordinate_ids() {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      check(user.run("sh", script().toString(), user.home().resolve("made").toString()));
    }
  }

  private static Path script() {
    return ProjectFolder.example("release").resolve("run.sh");
  }

  private static void check(Outcome outcome) {
    outcome.succeeded();
    assertThat(outcome.stdout())
        .contains("hello, world, from greeter", "hello, reader, from greeter")
        .contains("\"org.opencontainers.image.version\": \"1.0\"");
    assertThat(outcome.stderr())
        .contains("Creating signature", "A signature was required, but no signature exists");
  }
}
