package dev.ocij.buildah.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `from` of an image that asks for more.
@Tag("root")
@Tag("namespace")
@Tag("distribution")
class OnBuildTest {
  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    Files.writeString(folder.resolve("file"), "content\n");
  }

  @AfterEach
  void remove() {
    Tool.required("rm").run("-rf", folder.resolve("store").toString()).succeeded();
  }

  @Test
  void a_container_begins_with_what_its_base_asks_for() throws IOException {
    base("ENV A=b", "RUN echo $A >/ran; echo told", "COPY file /copied", "WORKDIR /w");
    var from = buildah("from", "--name", "c", "x").succeeded();
    assertThat(from.stdout()).isEqualTo("c\n");
    assertThat(from.stderr())
        .contains("STEP 1/5: FROM localhost/x:latest\n", "STEP 3/5: RUN echo $A >/ran", "told\n");
    assertThat(buildah("run", "c", "--", "sh", "-c", "cat /ran /copied; pwd; echo $A").stdout())
        .isEqualTo("b\ncontent\n/w\nb\n");
    buildah("copy", "-q", "c", "file", "/more").succeeded();
    buildah("commit", "-q", "c", "y").succeeded();
    assertThat(buildah("inspect", "--format", "{{.Docker.Config.OnBuild}}", "y").stdout())
        .isEqualTo("[]\n");
    assertThat(Tool.required("skopeo").run("inspect", "oci:" + layout() + ":localhost/y:latest"))
        .satisfies(Outcome::succeeded);
    assertThat(buildah("from", "-q", "y").succeeded().stderr()).isEmpty();
  }

  @Test
  void a_command_that_fails_leaves_no_container() throws IOException {
    base("RUN exit 3");
    var from = buildah("from", "--quiet", "x");
    assertThat(from.status()).isEqualTo(3);
    assertThat(from.stdout()).isEmpty();
    assertThat(from.stderr())
        .endsWith("\nError: building at STEP \"RUN exit 3\": exit status 3\n")
        .contains("RUN exit 3\n")
        .hasLineCount(4);
    assertThat(buildah("containers", "-q").succeeded().stdout()).isEmpty();
  }

  private void base(String... triggers) throws IOException {
    var text = new StringBuilder("FROM oci:base:base\n");
    for (var trigger : triggers) {
      text.append("ONBUILD ").append(trigger).append('\n');
    }
    Files.writeString(folder.resolve("Containerfile"), text);
    buildah("build", "-q", "-t", "x", ".").succeeded();
  }

  private String layout() {
    return folder.resolve("store/images").toString();
  }

  private Outcome buildah(String... words) {
    var line = new ArrayList<>(List.of(Launcher.BUILDAH_J.script().toString(), "--root", "store"));
    line.addAll(List.of(words));
    return Run.of(line).in(folder).outcome();
  }
}
