package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands for a step is what this store made for the same, and no image that says so.
class ForeignCacheTest {
  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    Files.createDirectory(folder.resolve("context"));
    Files.writeString(folder.resolve("context/file"), "content");
    Files.writeString(
        folder.resolve("context/Containerfile"), "FROM scratch\nCOPY file /file\nLABEL a=b\n");
  }

  /// It has the same base, the same steps and the same history.
  @Test
  void an_image_of_somebody_else_stands_for_no_step() {
    var layout = "oci:" + folder.resolve("layout") + ":t";
    var other = new InProcess(folder.resolve("other"));
    other.output("build", "-q", "-t", "x", context());
    assertThat(other.output("build", "-t", "x", context())).contains("Using cache");
    other.output("push", "-q", "x", layout);
    buildah.output("pull", "-q", layout);
    assertThat(buildah.output("build", context())).doesNotContain("Using cache");
  }

  @Test
  void a_step_for_one_platform_stands_for_none_of_another() {
    buildah.output("build", "--platform=linux/amd64", context());
    assertThat(buildah.output("build", "--platform=linux/amd64", context()))
        .contains("Using cache");
    assertThat(buildah.output("build", "--platform=linux/arm64", context()))
        .doesNotContain("Using cache");
  }

  private String context() {
    return folder.resolve("context").toString();
  }
}
