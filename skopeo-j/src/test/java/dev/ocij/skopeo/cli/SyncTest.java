package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
class SyncTest {
  private static DockerRegistry from;
  private static DockerRegistry to;
  private static Tool skopeo;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void two_registries_and_some_images() {
    skopeo = Tool.required("skopeo");
    from = DockerRegistry.open();
    to = DockerRegistry.open();
    var start = StartImages.in(shared);
    for (var tag : List.of("1.0.0", "1.1.0", "2.0.0", "latest")) {
      SkopeoLine.copy(
              start.oci(tag.equals("latest") ? StartImages.INDEX : StartImages.SINGLE),
              "docker://%s/team/app:%s".formatted(from.host(), tag),
              "--all")
          .succeeded();
    }
  }

  @AfterAll
  static void no_registries() {
    if (from != null) {
      from.close();
    }
    if (to != null) {
      to.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',        team/app
          --scoped,  team/app:1.0.0
          --all,     team/app
          """)
  void a_repository_comes_where_skopeo_brings_it(String options, String source) throws IOException {
    var line =
        Stream.concat(
                Stream.of(options.split(" ")).filter(word -> !word.isEmpty()),
                Stream.of("--src=docker", "--dest=dir", from.host() + "/" + source))
            .toList();
    assertThat(ours(line, folder + "/ours").succeeded().stderr()).contains("level=info");
    theirs(line, folder + "/theirs");
    assertThat(tree(folder.resolve("ours"))).isEqualTo(tree(folder.resolve("theirs")));
  }

  @Test
  void a_directory_goes_to_a_registry_and_a_second_time_nothing_moves() throws IOException {
    ours(List.of("--src=docker", "--dest=dir", from.host() + "/team/app:1.0.0"), folder + "/dir");
    var line = List.of("--src=dir", "--dest=docker", "--digestfile=" + folder + "/digests");
    for (int i = 0; i < 2; i++) {
      var all = Stream.concat(line.stream(), Stream.of(folder + "/dir")).toList();
      ours(all, to.host() + "/mirror").succeeded();
    }
    var there = "docker://" + to.host() + "/mirror/app:1.0.0";
    var digest =
        skopeo.output("inspect", "--tls-verify=false", "--format={{.Digest}}", there).strip();
    assertThat(folder.resolve("digests")).hasContent(digest + " " + there);
  }

  @Test
  void a_list_chooses_by_tag_pattern_and_version() throws IOException {
    var list =
        Files.writeString(
            folder.resolve("list.yaml"),
            """
            %s:
              tls-verify: false
              images: {team/app: [latest]}
              images-by-tag-regex: {team/app: '^2[.]', team/other: '['}
              images-by-semver: {team/app: '>= 1.0, < 1.1'}
            """
                .formatted(from.host()));
    var line = List.of("--src=yaml", "--dest=dir", list.toString());
    var outcome = ours(line, folder + "/out").succeeded();
    assertThat(outcome.stderr()).contains("invalid pattern", "Synced 3 images from 3 sources");
    assertThat(folder.resolve("out").toFile().list())
        .containsExactlyInAnyOrder("app:latest", "app:2.0.0", "app:1.0.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                              | 0 | Synced 0 images from 0 sources
          localhost:1: {images: 5} | 1 | line 1: \\"localhost:1.images\\": expected an object
          localhost:1: [a] | 1 | line 1: \\"localhost:1\\": expected an object
          localhost:1: {imagess: {a: [b]}} | 1 | the key \\"imagess\\" is not known here
          """)
  void a_list_may_be_empty_and_is_not_mistyped(String yaml, int status, String told)
      throws IOException {
    var list = Files.writeString(folder.resolve("list.yaml"), yaml);
    var outcome = ours(List.of("--src=yaml", "--dest=dir", list.toString()), folder + "/out");
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.stderr()).contains(told);
  }

  @Test
  void a_file_in_place_of_the_folder_is_told() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "text");
    var outcome =
        ours(
            List.of("--src=docker", "--dest=dir", from.host() + "/team/app:1.0.0"),
            file.toString());
    assertThat(outcome.failed().stderr())
        .contains("level=fatal msg=\"make the folder %s: file exists\"".formatted(file));
    assertThat(file).hasContent("text");
  }

  @Test
  void entries_of_a_list_that_lead_to_nothing_are_told_and_passed_over() throws IOException {
    var list =
        Files.writeString(
            folder.resolve("list.yaml"),
            """
            %s:
              tls-verify: false
              images:
                team/none: []
                UPPER: [a]
                team/app: [latest, 'sha256:zz']
              images-by-tag-regex: {team/app: 'no such tag'}
            """
                .formatted(from.host()));
    var outcome =
        ours(List.of("--src=yaml", "--dest=dir", list.toString()), folder + "/out").succeeded();
    assertThat(outcome.stderr())
        .contains(
            "Error processing repo, skipping\" registry=\"%s\" repo=team/none"
                .formatted(from.host()),
            "repository name not known to registry",
            "Error parsing repository name, skipping\" registry=\"%s\" repo=UPPER"
                .formatted(from.host()),
            "Error parsing ref, skipping\" ref=\"sha256:zz\"",
            "No refs to sync found\" registry=\"%s\" repo=team/app".formatted(from.host()),
            "Synced 1 images from 1 sources");
    assertThat(folder.resolve("out/app:latest/manifest.json")).exists();
  }

  @Test
  void a_registry_of_a_list_that_does_not_answer_is_a_failure_beside_what_is_copied()
      throws IOException {
    var list =
        Files.writeString(
            folder.resolve("list.yaml"),
            """
            localhost:1: {tls-verify: false, images: {team/app: []}}
            %s: {tls-verify: false, images: {team/app: [latest]}}
            """
                .formatted(from.host()));
    var outcome = ours(List.of("--src=yaml", "--dest=dir", list.toString()), folder + "/out");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.stderr())
        .contains(
            "Error processing repo, skipping\" registry=\"localhost:1\" repo=team/app",
            "Synced 1 images from 1 sources",
            "Sync failed due to previous reported error(s)");
    assertThat(folder.resolve("out/app:latest/manifest.json")).exists();
  }

  @Test
  void a_suffix_is_added_to_tags() {
    var line =
        List.of(
            "--append-suffix", "-s", "--src=docker", "--dest=dir", from.host() + "/team/app:1.1.0");
    ours(line, folder + "/out").succeeded();
    assertThat(folder.resolve("out/app:1.1.0-s/manifest.json")).exists();
  }

  @Test
  void a_dry_run_writes_nothing() {
    var line = List.of("--dry-run", "--src=docker", "--dest=dir", from.host() + "/team/app");
    assertThat(ours(line, folder + "/out").succeeded().stderr())
        .contains(
            "Running in dry-run mode",
            "Would have copied image ref 1/4",
            "Would have synced 4 images from 1 sources");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void goes_on_after_a_failure_where_it_was_told_to() throws IOException {
    var list =
        Files.writeString(
            folder.resolve("list.yaml"),
            "%s: {tls-verify: false, images: {team/app: ['1.0.0', 'no-such-tag', '2.0.0']}}"
                .formatted(from.host()));
    var line = List.of("--keep-going", "--src=yaml", "--dest=dir", list.toString());
    var outcome = ours(line, folder + "/out");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.stderr())
        .contains(
            "app:no-such-tag\\\"\" error=\"pull ",
            "Synced 2 images from 1 sources",
            "Sync failed due to previous reported error(s) for one or more images");
    assertThat(folder.resolve("out/app:2.0.0/manifest.json")).exists();
    assertThat(folder.resolve("out/app:no-such-tag/manifest.json")).doesNotExist();
  }

  @Test
  void ends_at_a_failure_and_leaves_nothing_half_done() throws IOException {
    var list =
        Files.writeString(
            folder.resolve("list.yaml"),
            "%s: {tls-verify: false, images: {team/app: [none, '1.0.0', '1.1.0', '2.0.0', latest]}}"
                .formatted(from.host()));
    var outcome = ours(List.of("--src=yaml", "--dest=dir", list.toString()), folder + "/out");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.stderr())
        .contains("Error copying ref \\\"docker://%s/team/app:none\\\": ".formatted(from.host()))
        .doesNotContain("Sync failed");
    try (var images = Files.list(folder.resolve("out"))) {
      assertThat(images).allMatch(image -> Files.exists(image.resolve("manifest.json")));
    } catch (NoSuchFileException _) {
      // none had begun
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void registries_of_a_list_come_in_its_order(boolean turned) throws IOException {
    var registries = turned ? List.of(to, from) : List.of(from, to);
    for (var registry : registries) {
      SkopeoLine.copy(
              "docker://" + from.host() + "/team/app:1.0.0",
              "docker://" + registry.host() + "/order/a:1")
          .succeeded();
    }
    var hosts = registries.stream().map(DockerRegistry::host).toList();
    var list =
        Files.writeString(
            folder.resolve("list.yaml"),
            """
            %s: {images: {order/a: ['1']}}
            %s: {images: {order/a: ['1']}}
            """
                .formatted(hosts.getFirst(), hosts.getLast()));
    var line = List.of("--dry-run", "--scoped", "--src=yaml", "--dest=dir", list.toString());
    assertThat(ours(line, folder + "/out").succeeded().stderr())
        .containsSubsequence(
            "from=\"docker://" + hosts.getFirst(), "from=\"docker://" + hosts.getLast());
  }

  @Test
  void tries_an_image_again_as_often_as_it_is_told() {
    var fault =
        "status,status=400,match=manifest-get,times=1,body={\"errors\":[{\"code\":\"UNKNOWN\"}]}";
    try (var faulty = FaultyRegistry.before(from, fault)) {
      var line =
          List.of(
              "--retry-times=1",
              "--retry-delay=1ms",
              "--src=docker",
              "--dest=dir",
              faulty.host() + "/team/app:1.0.0");
      assertThat(ours(line, folder + "/out").succeeded().stderr()).contains("(1/1). Error: ");
    }
    try (var faulty = FaultyRegistry.before(from, fault)) {
      var line = List.of("--src=docker", "--dest=dir", faulty.host() + "/team/app:1.0.0");
      ours(line, folder + "/never").failed();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --src=dir --dest=dir a b       | sync from 'dir' to 'dir' not implemented
          --dest=dir a b                 | A source transport must be specified
          --src=docker a b               | A destination transport must be specified
          --src=oci --dest=dir a b       | is not a valid source transport
          """)
  void refuses_what_makes_no_sense(String line, String message) {
    var words = Stream.concat(Stream.of("--insecure-policy", "sync"), Stream.of(line.split(" ")));
    var outcome = SkopeoLine.run(words.toArray(String[]::new));
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.stderr()).contains(message);
  }

  @Test
  void refuses_to_overwrite_a_directory() {
    var line = List.of("--src=docker", "--dest=dir", from.host() + "/team/app:1.0.0");
    ours(line, folder + "/out").succeeded();
    assertThat(ours(line, folder + "/out").failed().stderr())
        .contains("Refusing to overwrite destination directory");
  }

  private static Outcome ours(List<String> line, String destination) {
    return SkopeoLine.run(whole(line, destination));
  }

  private static void theirs(List<String> line, String destination) {
    skopeo.run(whole(line, destination)).succeeded();
  }

  private static String[] whole(List<String> line, String destination) {
    var start =
        Stream.of("--insecure-policy", "sync", "--src-tls-verify=false", "--dest-tls-verify=false");
    return Stream.of(start, line.stream(), Stream.of(destination))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  private static List<String> tree(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files.map(file -> root.relativize(file).toString()).sorted().toList();
    }
  }
}
