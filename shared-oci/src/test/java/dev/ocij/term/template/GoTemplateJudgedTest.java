package dev.ocij.term.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ocij.image.Compression;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Templates as the skopeo that is installed renders them. It copies the image first, so that its
/// reader has unpacked what our gzip writer made.
@Tag("tool")
class GoTemplateJudgedTest {
  private static final Path SKOPEO = Path.of("/usr/bin/skopeo");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.Digest}}{{.Architecture}}",
        "{{.Labels}} {{.Env}} {{.RepoTags}}",
        "{{.Labels.a}} {{.Labels.missing}} {{index .Labels \"b.c\"}}[{{index .Labels \"no\"}}]",
        "{{range $k, $v := .Labels}}{{$k}}={{$v}},{{end}}",
        "{{range $i, $v := .Env}}{{$i}}{{$v}} {{else}}none{{end}}",
        "{{if .DockerVersion}}a{{else if .Os}}b{{end}} {{len .Layers}} {{.Os | printf \"%5s|%-7q|\""
            + " \"x\"}}",
        "{{with $x := .Os}}{{$x}} {{- .}}{{end}} {{print 1 2 \"a\" 3}} {{eq .Os \"linux\"}}",
        "{{printf \"%d %s %v %x\" \"x\" 1 .Env 255}} {{slice .Os 1 3}} {{and .Os 1}} {{or \"\" 2}}",
      })
  void renders_as_skopeo_does(String template) throws Exception {
    assumeTrue(Files.isExecutable(SKOPEO), "skopeo is not installed");
    var image = "oci:" + folder.resolve("copy") + ":latest";
    skopeo("copy", "dir:" + image(), image);
    var data = Json.readTree(skopeo("inspect", image).getBytes(StandardCharsets.UTF_8), "inspect");
    assertThat(GoTemplate.parse(template).render(data) + "\n")
        .isEqualTo(skopeo("inspect", "--format", template, image));
  }

  private Path image() throws IOException {
    var tar = new byte[1_000_000];
    var layer = new ByteArrayOutputStream();
    try (var out = Compression.GZIP.compress(layer, Compression.DEFAULT_LEVEL)) {
      out.write(tar);
    }
    var config =
        ImageConfig.scratch(Platform.of("linux", "amd64"))
            .withConfig(
                ContainerConfig.EMPTY.with(draft -> {
                  draft.labels.put("b.c", "<2>");
                  draft.labels.put("a", "1");
                  draft.setEnv("A", "b");
                }))
            .withLayers(List.of(Digest.of(tar)), List.of());
    var manifest =
        ImageManifest.of(
            MediaType.OCI_MANIFEST,
            blob(MediaType.OCI_CONFIG, Json.write(config)),
            List.of(blob(MediaType.OCI_LAYER_GZIP, layer.toByteArray())));
    Files.write(directory().resolve("manifest.json"), Json.write(manifest));
    Files.writeString(directory().resolve("version"), "Directory Transport Version: 1.1\n");
    return directory();
  }

  private Descriptor blob(MediaType type, byte[] content) throws IOException {
    Files.write(directory().resolve(Digest.of(content).hex()), content);
    return Descriptor.of(type, content);
  }

  private Path directory() throws IOException {
    return Files.createDirectories(folder.resolve("image"));
  }

  private static String skopeo(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(SKOPEO.toString(), "--insecure-policy"));
    command.addAll(Arrays.asList(arguments));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return output;
  }
}
