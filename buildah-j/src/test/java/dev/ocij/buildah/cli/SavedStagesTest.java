package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `build --save-stages` and `--stage-labels`.
class SavedStagesTest {
  private static final String NAME = "io.buildah.stage.name";
  private static final String BASE = "io.buildah.stage.base";

  @TempDir private Path folder;
  private InProcess buildah;

  @BeforeEach
  void prepare() throws IOException {
    buildah = new InProcess(folder.resolve("store"));
    Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nCOPY Containerfile /\n");
    buildah.output("build", "-q", "-t", "localhost/base", folder.toString());
    Files.writeString(
        folder.resolve("Containerfile"),
        """
        FROM localhost/base AS empty
        FROM empty AS first
        LABEL of=first
        FROM first
        COPY Containerfile /second
        FROM scratch AS unused
        COPY Containerfile /unused
        FROM scratch AS last
        COPY --from=1 / /first/
        COPY --from=2 /second /
        """);
  }

  @Test
  void the_images_of_stages_are_kept_where_that_is_asked_for() {
    build();
    assertThat(unnamed()).isEmpty();
    build("--save-stages");
    assertThat(unnamed())
        .hasSize(2)
        .allSatisfy((_, labels) -> assertThat(labels).doesNotContainKey(NAME));
    build("--save-stages");
    assertThat(unnamed()).as("those that are there already").hasSize(2);
    buildah.output("rmi", unnamed().keySet().iterator().next());
    buildah.output("rmi", "--prune");
    assertThat(unnamed()).isEmpty();
  }

  @Test
  void labels_tell_the_stage_and_what_it_began_with() {
    build("--save-stages", "--stage-labels");
    var stages = new LinkedHashMap<String, String>();
    var ids = new LinkedHashMap<String, String>();
    unnamed()
        .forEach((id, labels) -> {
          assertThat(labels).containsKey("io.buildah.version").doesNotContainKey("asked");
          stages.put(labels.get(NAME), labels.get(BASE));
          ids.put(labels.get(NAME), id);
        });
    assertThat(stages).containsOnlyKeys("first", "2");
    assertThat(stages.get("2")).isEqualTo(ids.get("first"));
    assertThat(stages.get("first"))
        .as("a stage of FROM alone is its base")
        .isEqualTo(
            buildah
                .output("images", "-q", "--no-trunc", "localhost/base")
                .strip()
                .replace("sha256:", ""));
    assertThat(labels("localhost/result"))
        .containsEntry(NAME, "last")
        .containsEntry(BASE, "scratch");
  }

  @Test
  void stages_of_each_platform_are_kept() throws IOException {
    Files.writeString(
        folder.resolve("Containerfile"),
        """
        FROM scratch AS first
        ARG TARGETARCH
        COPY Containerfile /$TARGETARCH
        FROM scratch AS last
        COPY --from=first / /
        """);
    buildah.output(
        "build",
        "-q",
        "--manifest=localhost/list",
        "--platform=linux/amd64,linux/arm64",
        "--save-stages",
        "--stage-labels",
        folder.toString());
    var kept = new ArrayList<String>();
    unnamed()
        .forEach((id, labels) -> {
          if ("first".equals(labels.get(NAME))) {
            kept.add(
                buildah
                    .output("inspect", "--type=image", "-f", "{{.OCIv1.Architecture}}", id)
                    .strip());
          }
        });
    assertThat(kept).containsExactlyInAnyOrder("amd64", "arm64");
  }

  @Test
  void a_label_changes_nothing_of_what_is_cached() {
    build("--save-stages");
    assertThat(buildah.output("build", "--save-stages", "--stage-labels", folder.toString()))
        .contains("Using cache");
  }

  @Test
  void labels_need_images_that_have_them() {
    assertThat(buildah.run("build", "--stage-labels", folder.toString()).failed().stderr())
        .isEqualTo("Error: --stage-labels needs --save-stages\n");
  }

  private void build(String... flags) {
    var all = new ArrayList<>(List.of("build", "-q", "-t", "localhost/result", "--label=asked=1"));
    all.addAll(List.of(flags));
    all.add(folder.toString());
    buildah.output(all.toArray(String[]::new));
  }

  /// The labels of the images without names, by their ids.
  private Map<String, Map<String, String>> unnamed() {
    var all = new LinkedHashMap<String, Map<String, String>>();
    buildah
        .output(
            "images", "--no-trunc", "--format", "{{.ID}} {{.Name}}", "--filter", "dangling=true")
        .lines()
        .map(line -> line.split(" ")[0].replace("sha256:", ""))
        .forEach(id -> all.put(id, labels(id)));
    return all;
  }

  private Map<String, String> labels(String image) {
    var shown =
        buildah.output("inspect", "--type", "image", "-f", "{{json .OCIv1.Config.Labels}}", image);
    var labels = new LinkedHashMap<String, String>();
    Json.readTree(shown.getBytes(StandardCharsets.UTF_8), "labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }
}
