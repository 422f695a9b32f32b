package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--platform` of commands that have one image only.
class SeveralPlatformsTest {
  private static final String WARNING =
      "level=warning msg=\"ignoring platforms other than linux/arm64: linux/amd64\"";

  @TempDir private Path folder;

  @Test
  void the_first_of_several_platforms_counts_as_with_buildah() throws IOException {
    var buildah = new InProcess(folder.resolve("store"));
    var list = "oci:" + folder.resolve("layout") + ":list";
    Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nCOPY Containerfile /\n");
    var built = "--platform=linux/amd64,linux/arm64";
    buildah.output("build", "-q", built, "-t", list, folder.toString());
    var asked = "--platform=linux/arm64,linux/amd64";
    var container = buildah.run("from", asked, list).succeeded();
    assertThat(container.stderr()).contains(WARNING);
    assertThat(
            buildah.output("inspect", "-f", "{{.OCIv1.Architecture}}", container.stdout().strip()))
        .isEqualTo("arm64\n");
    var pulled = buildah.run("pull", "-q", asked, list).succeeded();
    assertThat(pulled.stderr()).contains(WARNING);
    assertThat(
            buildah.output(
                "inspect",
                "--type=image",
                "-f",
                "{{.OCIv1.Architecture}}",
                pulled.stdout().strip()))
        .isEqualTo("arm64\n");
  }
}
