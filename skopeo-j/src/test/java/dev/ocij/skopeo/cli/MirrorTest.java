package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.MemoryRegistry;
import dev.ocij.testing.MemoryRegistry.Trait;
import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `sync` as a mirror that is kept up to date: what costs little, what is left out, what is
/// removed. Skopeo has none of this.
@Tag("tool")
class MirrorTest {
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private MemoryRegistry from;
  private MemoryRegistry to;

  @BeforeAll
  static void images() {
    start = StartImages.in(shared);
  }

  @BeforeEach
  void two_registries() {
    from = MemoryRegistry.with();
    to = MemoryRegistry.with(Trait.TAG_DELETION);
  }

  @AfterEach
  void no_registries() {
    from.close();
    to.close();
  }

  @Test
  void a_mirror_that_is_up_to_date_costs_a_look_a_tag_at_each_end() {
    fill("1.0", "1.1", "1.2");
    sync("--all").succeeded();
    int read = from.requests().size();
    int written = to.requests().size();
    assertThat(sync("--all").succeeded().stderr()).contains("Synced 3 images");
    assertThat(since(from, read))
        .contains("GET /v2/app/tags/list")
        .filteredOn(request -> request.contains("/manifests/"))
        .containsExactlyInAnyOrder(
            "HEAD /v2/app/manifests/1.0",
            "HEAD /v2/app/manifests/1.1",
            "HEAD /v2/app/manifests/1.2");
    assertThat(since(to, written))
        .filteredOn(request -> request.contains("/v2/m"))
        .containsExactlyInAnyOrder(
            "HEAD /v2/m/app/manifests/1.0",
            "HEAD /v2/m/app/manifests/1.1",
            "HEAD /v2/m/app/manifests/1.2");
  }

  @Test
  void an_image_that_the_policy_refuses_does_not_count_as_there() throws IOException {
    fill("1.0");
    sync().succeeded();
    var policy = folder.resolve("policy.json");
    Files.writeString(policy, "{\"default\": [{\"type\": \"reject\"}]}");
    var line = new ArrayList<>(line());
    line.set(0, "--policy=" + policy);
    assertThat(SkopeoLine.run(line.toArray(String[]::new)).failed().stderr())
        .contains("rejected by policy");
  }

  @Test
  void one_image_of_an_index_takes_the_place_of_the_index() {
    push(start.oci(StartImages.INDEX), from.host() + "/app:1.0");
    sync("--all").succeeded();
    assertThat(manifest(to.host() + "/m/app:1.0")).isEqualTo(manifest(from.host() + "/app:1.0"));
    sync().succeeded();
    assertThat(manifest(to.host() + "/m/app:1.0")).isNotEqualTo(manifest(from.host() + "/app:1.0"));
  }

  @Test
  void images_come_one_after_the_other_where_that_is_wanted() {
    fill("1.0", "1.1", "1.2", "1.3");
    sync("--parallel=1").succeeded();
    assertThat(to.requests())
        .filteredOn(request -> request.startsWith("PUT /v2/m/app/manifests/1"))
        .containsExactly(
            "PUT /v2/m/app/manifests/1.0",
            "PUT /v2/m/app/manifests/1.1",
            "PUT /v2/m/app/manifests/1.2",
            "PUT /v2/m/app/manifests/1.3");
  }

  @Test
  void what_is_left_out_does_not_come() {
    fill("1.0", "1.1", "1.2", "1.2-dev", "latest");
    sync("--exclude-regex=dev|1[.]0", "--latest=1").succeeded();
    assertThat(tags()).contains("\"1.2\"").doesNotContain("1.0", "1.1", "dev", "latest");
  }

  @Test
  void a_tag_that_is_there_stays_where_tags_never_move() {
    fill("1.0", "1.1");
    push(start.oci(StartImages.INDEX), to.host() + "/m/app:1.0");
    var before = manifest(to.host() + "/m/app:1.0");
    sync("--skip-existing-tags").succeeded();
    assertThat(manifest(to.host() + "/m/app:1.0")).isEqualTo(before);
    assertThat(tags()).contains("1.1");
    sync().succeeded();
    assertThat(manifest(to.host() + "/m/app:1.0")).isNotEqualTo(before);
  }

  @Test
  void what_the_source_has_no_more_is_removed() {
    fill("1.0", "1.1");
    var other = "sha256-" + "0".repeat(64) + ".sig";
    for (var tag : List.of("0.8", "0.9", other)) {
      push(start.oci(StartImages.SINGLE), to.host() + "/m/app:" + tag);
    }
    push(start.oci(StartImages.SINGLE), to.host() + "/m/another:0.9");
    assertThat(sync("--prune", "--dry-run").succeeded().stderr())
        .contains("Would have removed tag\" to=\"docker://" + to.host() + "/m/app:0.8\"")
        .doesNotContain("another", other);
    assertThat(tags()).contains("0.8", "0.9", other);
    assertThat(sync("--prune", "--prune-limit=1").failed().stderr())
        .contains("2 tags are not in the source", "raise --prune-limit");
    assertThat(tags()).contains("0.8", "0.9", "1.1", other);
    assertThat(sync("--prune").succeeded().stderr()).contains("Removed tag", "app:0.9");
    assertThat(tags()).contains("1.0", "1.1", other).doesNotContain("0.8", "0.9");
    assertThat(manifest(to.host() + "/m/another:0.9")).contains("schemaVersion");
  }

  @Test
  void nothing_is_removed_of_a_repository_of_which_one_image_was_asked_for() {
    fill("1.0");
    push(start.oci(StartImages.SINGLE), to.host() + "/m/app:0.9");
    var line = new ArrayList<>(line("--prune"));
    line.set(line.size() - 2, from.host() + "/app:1.0");
    SkopeoLine.run(line.toArray(String[]::new)).succeeded();
    assertThat(tags()).contains("0.9");
  }

  @ParameterizedTest
  @CsvSource({"'^1', 1", "'[', 0"})
  void nothing_is_removed_where_an_entry_of_a_list_was_passed_over(String pattern, int removed)
      throws IOException {
    fill("1.0", "2.0");
    push(start.oci(StartImages.SINGLE), to.host() + "/m/app:1.9");
    var list =
        Files.writeString(
            folder.resolve("list.yaml"),
            """
            %s:
              tls-verify: false
              images-by-tag-regex: {app: '%s'}
              images-by-semver: {app: '>= 2'}
            """
                .formatted(from.host(), pattern));
    var line = new ArrayList<>(line("--prune"));
    line.subList(line.size() - 4, line.size())
        .replaceAll(word ->
            word.equals("--src=docker")
                ? "--src=yaml"
                : word.endsWith("/app") ? list.toString() : word);
    var outcome = SkopeoLine.run(line.toArray(String[]::new)).succeeded();
    assertThat(tags().contains("1.9")).isEqualTo(removed == 0);
    assertThat(outcome.stderr().contains("prune: no tag is removed")).isEqualTo(removed == 0);
  }

  @Test
  void with_a_suffix_other_tags_are_somebody_elses() {
    fill("1.0");
    for (var tag : List.of("0.9", "0.9-x")) {
      push(start.oci(StartImages.SINGLE), to.host() + "/m/app:" + tag);
    }
    sync("--prune", "--append-suffix=-x").succeeded();
    assertThat(tags()).contains("1.0-x", "\"0.9\"").doesNotContain("0.9-x");
  }

  /// Debian's docker-registry removes images, not tags.
  @Test
  void an_image_stays_that_a_wanted_tag_leads_to() {
    try (var there = DockerRegistry.open()) {
      fill("1.0");
      push(start.oci(StartImages.INDEX), from.host() + "/app:2.0");
      push(start.oci(StartImages.INDEX), there.host() + "/m/app:2.0");
      var whole = new ArrayList<>(line("--all", "--prune"));
      whole.set(whole.size() - 1, there.host() + "/m");
      push(start.oci(StartImages.SINGLE), there.host() + "/m/app:same-as-1.0");
      push("docker://" + lastMember(from.host() + "/app:2.0"), there.host() + "/m/app:member");
      SkopeoLine.copy(
              "docker://" + from.host() + "/app:1.0",
              "docker://" + there.host() + "/m/app:alone",
              "--format=v2s2")
          .succeeded();
      var told = SkopeoLine.run(whole.toArray(String[]::new)).succeeded().stderr();
      assertThat(told)
          .contains("Removed tag\" to=\"docker://" + there.host() + "/m/app:alone\"")
          .contains("keep docker://" + there.host() + "/m/app:same-as-1.0")
          .contains("keep docker://" + there.host() + "/m/app:member");
      for (var tag : List.of("1.0", "2.0")) {
        SkopeoLine.copy(
                "docker://" + there.host() + "/m/app:" + tag, "dir:" + folder + "/" + tag, "--all")
            .succeeded();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--prune", "--skip-existing-tags"})
  void folders_have_no_tags(String flag) {
    var line = List.of("sync", flag, "--src=docker", "--dest=dir", from.host() + "/app", "never");
    assertThat(SkopeoLine.run(line.toArray(String[]::new)).failed().stderr())
        .contains(flag + " is about tags of registries");
  }

  @ParameterizedTest
  @CsvSource({"--exclude-regex=[, invalid pattern of tags", "--latest=few, invalid argument"})
  void filters_that_make_no_sense_are_refused(String flag, String message) {
    assertThat(sync(flag).failed().stderr()).contains(message);
  }

  private void fill(String... tags) {
    for (var tag : tags) {
      push(start.oci(StartImages.SINGLE), from.host() + "/app:" + tag);
    }
  }

  private static void push(String source, String name) {
    SkopeoLine.copy(source, "docker://" + name, "--all").succeeded();
  }

  private Outcome sync(String... flags) {
    return SkopeoLine.run(line(flags).toArray(String[]::new));
  }

  private List<String> line(String... flags) {
    var line =
        new ArrayList<>(
            List.of(
                "--insecure-policy", "sync", "--src-tls-verify=false", "--dest-tls-verify=false"));
    line.addAll(List.of(flags));
    line.addAll(List.of("--src=docker", "--dest=docker", from.host() + "/app", to.host() + "/m"));
    return line;
  }

  private String tags() {
    return SkopeoLine.run("list-tags", "--tls-verify=false", "docker://" + to.host() + "/m/app")
        .succeeded()
        .stdout();
  }

  private static String manifest(String name) {
    return SkopeoLine.run("inspect", "--tls-verify=false", "--raw", "docker://" + name)
        .succeeded()
        .stdout();
  }

  private static String lastMember(String index) {
    var members =
        Json.readTree(manifest(index).getBytes(StandardCharsets.UTF_8), "index").path("manifests");
    var digest = members.path(members.size() - 1).path("digest").asText();
    return index.substring(0, index.lastIndexOf(':')) + "@" + digest;
  }

  private static List<String> since(MemoryRegistry registry, int count) {
    var all = registry.requests();
    return all.subList(count, all.size());
  }
}
