package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  @TempDir private Path folder;
  private InProcess podman;

  @BeforeEach
  void prepare() {
    podman = new InProcess(folder);
  }

  @Test
  @Tag("tool")
  void a_tar_becomes_an_image_of_one_layer() throws IOException {
    Files.createDirectories(folder.resolve("tree/etc"));
    Files.writeString(folder.resolve("tree/etc/f"), "content");
    var tar = folder.resolve("tree.tgz").toString();
    Tool.required("tar").run("-C", folder.resolve("tree").toString(), "-czf", tar, ".").succeeded();
    var id =
        podman.output(
            "import", "-c", "CMD [\"/f\"]", "-c", "ENV A=b", "-m", "mine", "--os=linux", tar, "x");
    assertThat(id).matches("sha256:[0-9a-f]{64}\n");
    assertThat(podman.output("images", "--no-trunc", "-q", "localhost/x")).isEqualTo(id);
    assertThat(podman.output("image", "inspect", "-f", "{{json .Config.Cmd}}", "x"))
        .isEqualTo("[\"/f\"]\n");
    assertThat(
            podman.output("image", "inspect", "-f", "{{len .RootFS.Layers}} {{.Config.Env}}", "x"))
        .startsWith("1 ")
        .contains("A=b");
    assertThat(podman.output("history", "--format", "{{.Comment}}", "x")).isEqualTo("mine\n");
    var nameless = podman.output("import", "-q", tar);
    assertThat(podman.output("image", "exists", nameless.strip())).isEmpty();
  }

  @Test
  void what_is_no_tar_is_refused() throws IOException {
    var text = Files.writeString(folder.resolve("f"), "no tar".repeat(200)).toString();
    assertThat(podman.run("import", text, "x").stderr())
        .isEqualTo(
            "Error: import \"%s\": it is no tar archive; what export writes is one\n"
                .formatted(text));
    assertThat(podman.run("import", folder.resolve("nope").toString()).stderr())
        .contains("import \"" + folder.resolve("nope"), "no such file");
    assertThat(podman.run("import", "https://registry.example/x.tar").stderr())
        .contains("import of a URL is not implemented yet");
    assertThat(podman.output("images", "-q")).isEmpty();
  }
}
