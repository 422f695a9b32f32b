package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.ProjectFolder;
import dev.ocij.testing.Require;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A script that was written for buildah runs unchanged, prints the same and makes the same image.
@Tag("tool")
@Tag("root")
@Tag("namespace")
@Tag("distribution")
class ScriptTest {
  private static final List<Pattern> KNOWN =
      List.of(
          // The places of mounts, which it leaves behind.
          Pattern.compile("file (dev|proc|run|sys|given): ours null, theirs directory .*"),
          Pattern.compile("file (run/.*|given|etc/(hostname|hosts|resolv.conf)): ours null, .*"));

  @Test
  void a_script_for_buildah_runs_unchanged() throws IOException {
    Require.root();
    var start = Instant.now().minusSeconds(1);
    var folder = ProjectFolder.root().resolve("buildah-j/src/test/resources/scripts/app");
    try (var builders = Builders.open()) {
      var theirs = builders.theirScript(folder, "their-app").succeeded();
      var ours = builders.ourScript(folder, "our-app").succeeded();
      assertThat(ours.stdout()).isEqualTo(theirs.stdout());
      var differences =
          Differences.between(builders.image("our-app"), builders.image("their-app"), start);
      differences.removeIf(each -> KNOWN.stream().anyMatch(p -> p.matcher(each).matches()));
      assertThat(differences).isEmpty();
    }
  }
}
