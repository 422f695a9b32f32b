package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told of an image, beside what the comparison of whole command lines shows.
@Tag("tool")
class InspectTest {
  private static Tool skopeo;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void an_image_with_everything() throws IOException {
    skopeo = Tool.required("skopeo");
    HistoryImage.write(shared.resolve("image"));
  }

  @Test
  void the_digest_is_made_as_asked() {
    var sum = Tool.required("sha512sum").output(shared.resolve("image/manifest.json").toString());
    assertThat(inspect("--manifest-digest=sha512", "--format={{.Digest}}"))
        .isEqualTo("sha512:" + sum.substring(0, 128) + "\n");
    assertThat(inspect("--manifest-digest=sha256", "--format={{.Digest}}"))
        .isEqualTo(skopeo.output("inspect", "--format={{.Digest}}", image()));
  }

  @Test
  void a_configuration_is_shown_as_oci_has_it() throws IOException {
    var ours = SkopeoLine.run("inspect", "--config", image()).succeeded().stdout();
    assertThat(Json.mapper().readTree(ours))
        .isEqualTo(Json.mapper().readTree(skopeo.output("inspect", "--config", image())));
    assertThat(SkopeoLine.run("inspect", "--config", "--raw", image()).succeeded().stdout())
        .contains("Healthcheck");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.Config.Labels}}",
        "{{.Config.Env}} {{.Config.Cmd}} {{.Config.Entrypoint}} {{.Config.User}}",
        "{{range $port, $_ := .Config.ExposedPorts}}{{$port}}{{end}} {{.Config.StopSignal}}",
        "{{.Architecture}}/{{.OS}}/{{.Variant}} {{.Author}}",
        "{{.RootFS.Type}} {{.RootFS.DiffIDs}}",
        "{{range .History}}{{.CreatedBy}}|{{.Comment}}|{{.Author}}|{{.EmptyLayer}};{{end}}",
        "{{index .Config.Labels \"k\"}}",
        "{{.Config}} {{.Config.ExposedPorts}} {{.Config.Volumes}}",
        "{{range .Config.ExposedPorts}}{{.}}{{end}}",
        "{{.Created}} {{.Created.Year}} {{.Created.Unix}}",
        "{{.Created.Format \"Mon Jan _2 15:04:05.000 MST 2006\"}}",
        "{{.History}} {{range .History}}{{.Created.Format \"2006-01-02\"}}{{break}}{{end}}",
        "{{range .RootFS.DiffIDs}}{{.Algorithm}}-{{.Encoded}}{{end}}"
      })
  void a_template_names_the_fields_of_a_configuration(String template) {
    assertThat(inspect("--config", "--format=" + template))
        .isEqualTo(skopeo.output("inspect", "--config", "--format=" + template, image()));
  }

  @Test
  void a_table_has_columns_and_no_headings() {
    assertThat(inspect("--no-tags", "--format=table {{.Os}}\\t{{.Architecture}}"))
        .isEqualTo("linux       arm64\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{.Labels}}                         | map[]
          {{json .Labels}}                    | null
          {{len .Labels}}                     | 0
          {{index .Labels "k"}}               | ''
          {{.Labels.k}}                       | <no value>
          {{with .Labels}}x{{else}}y{{end}}   | y
          {{(index .LayersData 0).Annotations}} | map[]
          """)
  void what_an_image_has_none_of_prints_as_empty(String template, String printed) {
    var image = StartImages.in(folder).oci(StartImages.SINGLE);
    assertThat(SkopeoLine.run("inspect", "--format=" + template, image).succeeded().stdout())
        .isEqualTo(printed + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.Os}}\\n",
        "{{.Os}}\\\\n{{.Architecture}}",
        "{{println .Os}}",
        "{{.Created}}",
        "{{html .Env}} {{js .Env}} {{urlquery .Env}}",
        "{{.Created.Year}} {{.Created.Month}} {{.Created.Unix}} {{.Created.IsZero}}",
        "{{.Created.Format \"Monday, 2-Jan-06 03:04PM -0700\"}} {{printf \"%s\" .Created.UTC}}",
        "{{.Digest.Algorithm}} {{.Digest.Encoded}} {{.Digest.String}} {{.Digest.Hex}}",
        "{{block \"b\" .Os}}<{{.}}>{{end}} {{template \"b\" .Digest.Algorithm}}",
        "{{range .Env}}{{.}}{{break}}{{end}} {{range .Env}}{{continue}}{{.}}{{end}}",
        " json ",
        "json",
        "",
        "{{.Name}}-{{.Tag}}-"
      })
  void a_format_is_read_as_skopeo_reads_it(String format) throws IOException {
    var ours = inspect("--no-tags", "--format=" + format);
    var theirs = skopeo.output("inspect", "--no-tags", "--format=" + format, image());
    if (theirs.startsWith("{")) {
      var fields = (ObjectNode) Json.mapper().readTree(ours);
      fields.remove("LayersData");
      assertThat(fields).isEqualTo(Json.mapper().readTree(theirs));
    } else {
      assertThat(ours).isEqualTo(theirs);
    }
  }

  @Test
  void a_tab_stays_one() {
    assertThat(inspect("--no-tags", "--format=a\\t{{.Os}}")).isEqualTo("a\tlinux\n");
  }

  @Test
  void a_registry_that_lists_no_tags_is_no_failure() {
    try (var registry = DockerRegistry.open();
        var closed =
            FaultyRegistry.before(registry, "status,match=tags,status=404,body=closed,times=0")) {
      var there = "docker://" + closed.host() + "/app:1";
      SkopeoLine.copy(image(), there).succeeded();
      var outcome = SkopeoLine.run("inspect", "--tls-verify=false", there).succeeded();
      assertThat(outcome.stdout()).contains("\"RepoTags\": []");
      assertThat(outcome.stderr())
          .contains("level=warning msg=\"Registry disallows tag list retrieval; skipping\"");
    }
  }

  @Test
  void an_artifact_is_no_image() throws IOException {
    var config = "{}".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve(Digest.of(config).hex()), config);
    Files.writeString(folder.resolve("version"), "Directory Transport Version: 1.1\n");
    for (var own : new String[] {"", "\"artifactType\":\"application/x\","}) {
      Files.writeString(
          folder.resolve("manifest.json"),
          """
          {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",%s
           "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
           "layers":[]}
          """
              .formatted(own, Digest.of(config)));
      assertThat(SkopeoLine.run("inspect", "dir:" + folder).failed().stderr())
          .contains(
              "an artifact of type "
                  + (own.isEmpty() ? "application/vnd.oci.empty.v1+json" : "application/x")
                  + ", and no image");
    }
  }

  private static String inspect(String option, String format) {
    return SkopeoLine.run("inspect", option, format, image()).succeeded().stdout();
  }

  private static String image() {
    return "dir:" + shared + "/image";
  }
}
