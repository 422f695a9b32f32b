package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.testing.CuttingProxy;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.testing.MemoryRegistry;
import dev.ocij.testing.Tool;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What has come, or has been sent, is not moved again: after a broken connection, and after a
/// process that was killed.
@Tag("tool")
class ResumeTest {
  private static final int LAYER = 4 << 20;
  private static final int SLACK = 1 << 20;
  @AutoClose private static DockerRegistry registry;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void an_image_in_a_registry() throws IOException {
    Tool.required("python3");
    registry = DockerRegistry.open();
    var image = SampleImage.large(1, LAYER);
    try (var sink = new LayoutTransport().openSink(start())) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
    SkopeoLine.copy("oci:" + start(), "docker://" + registry.host() + "/large:t").succeeded();
  }

  @Test
  @Timeout(60)
  void a_copy_that_was_killed_goes_on_where_it_stopped() throws Exception {
    try (var stalling =
        FaultyRegistry.before(registry, "stall,match=blob-get,min=2m,after=75%,times=2")) {
      var copy = copyInOwnProcess("docker://" + stalling.host() + "/large:t", "oci:" + layout());
      while (partial() < LAYER) {
        TimeUnit.MILLISECONDS.sleep(20); // another process is at work
        assertThat(copy.isAlive()).isTrue();
      }
      copy.destroyForcibly().waitFor();
    }
    long came = partial();
    try (var watched = FaultyRegistry.before(registry)) {
      SkopeoLine.copy("docker://" + watched.host() + "/large:t", "oci:" + layout()).succeeded();
      assertThat(sum(watched, "blob-get")).isBetween(1L, 2L * LAYER - came + SLACK);
    }
    assertThat(files(path -> path.getFileName().toString().startsWith(".partial"))).isEmpty();
    readWhole("oci:" + layout());
  }

  @Test
  void a_rerun_moves_no_blob_that_is_whole() throws IOException {
    SkopeoLine.copy("docker://" + registry.host() + "/large:t", "oci:" + layout()).succeeded();
    Files.delete(folder.resolve("layout/index.json"));
    try (var watched = FaultyRegistry.before(registry)) {
      SkopeoLine.copy("docker://" + watched.host() + "/large:t", "oci:" + layout()).succeeded();
      assertThat(watched.requests()).noneMatch(r -> r.path("class").asText().equals("blob-get"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"oci:FOLDER/layout:t", "dir:FOLDER/dir"})
  void a_damaged_blob_is_fetched_again(String place) throws IOException {
    var to = place.replace("FOLDER", folder.toString());
    var from = "docker://" + registry.host() + "/large:t";
    SkopeoLine.copy(from, to).succeeded();
    var layer = files(path -> path.toFile().length() > LAYER).getFirst();
    var bytes = Files.readAllBytes(layer);
    bytes[LAYER / 2] ^= 1;
    Files.write(layer, bytes);
    SkopeoLine.copy(from, to).succeeded();
    readWhole(to);
  }

  /// Also below the first mebibyte, and whoever receives keeps what came.
  @ParameterizedTest
  @ValueSource(strings = {"after=10", "after=700k", "after=50%", "after=99%"})
  void a_broken_download_asks_for_the_rest(String where) throws IOException {
    try (var faulty =
        FaultyRegistry.before(registry, "reset,match=blob-get,min=2m,times=4," + where)) {
      SkopeoLine.copy("docker://" + faulty.host() + "/large:t", "oci:" + layout()).succeeded();
      assertThat(faulty.fired()).isPositive();
      assertThat(sum(faulty, "blob-get")).isLessThan(2L * LAYER + SLACK);
    }
    readWhole("oci:" + layout());
  }

  /// Debian's registry forgets an upload that broke.
  @Test
  void a_broken_upload_ends_well_where_it_must_begin_again() {
    try (var cutting = CuttingProxy.before(registry.host(), LAYER / 2, 3)) {
      var to = "docker://" + cutting.host() + "/cut:t";
      SkopeoLine.copy("oci:" + start(), to, "--image-parallel-copies=1").succeeded();
      assertThat(cutting.left()).isZero();
    }
    readWhole("docker://" + registry.host() + "/cut:t");
  }

  /// Another keeps what came and says how far that is; only a piece of it is sent twice.
  @Test
  void a_broken_upload_goes_on_where_the_registry_says() {
    try (var keeping = MemoryRegistry.with();
        var cutting = CuttingProxy.before(keeping.host(), LAYER / 2, 3)) {
      var to = "docker://" + cutting.host() + "/cut:t";
      SkopeoLine.copy("oci:" + start(), to, "--image-parallel-copies=1").succeeded();
      assertThat(cutting.left()).isZero();
      assertThat(cutting.sent()).isLessThan(2L * LAYER + 3L * SLACK);
      readWhole("docker://" + keeping.host() + "/cut:t");
    }
  }

  @Test
  void of_an_image_that_a_registry_has_no_blob_is_asked_for() {
    SkopeoLine.copy("oci:" + start(), "docker://" + registry.host() + "/whole:t").succeeded();
    try (var watched = FaultyRegistry.before(registry)) {
      var to = "docker://" + watched.host() + "/whole:another";
      SkopeoLine.copy("oci:" + start(), to).succeeded();
      assertThat(kinds(watched)).contains("manifest-put").doesNotContain("blob-head");
    }
    readWhole("docker://" + registry.host() + "/whole:another");
  }

  /// A manifest may be there whose blobs are not any more.
  @Test
  void what_a_registry_lost_is_sent_again() throws Exception {
    var to = "docker://" + registry.host() + "/lost:t";
    SkopeoLine.copy("oci:" + start(), to).succeeded();
    var layer = files(shared, path -> path.toFile().length() > LAYER).getFirst();
    var blob = "http://%s/v2/lost/blobs/sha256:%s".formatted(registry.host(), layer.getFileName());
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(blob)).DELETE().build();
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
    }
    SkopeoLine.copy("oci:" + start(), to).succeeded();
    readWhole(to);
  }

  private static List<String> kinds(FaultyRegistry registry) {
    return registry.requests().stream().map(request -> request.path("class").asText()).toList();
  }

  private static long sum(FaultyRegistry registry, String kind) {
    return registry.requests().stream()
        .filter(request -> request.path("class").asText().equals(kind))
        .map(request -> request.path("sent"))
        .mapToLong(JsonNode::asLong)
        .sum();
  }

  /// The bytes that wait for a second attempt.
  private long partial() throws IOException {
    return files(path -> path.getFileName().toString().startsWith(".partial")).stream()
        .mapToLong(path -> path.toFile().length())
        .sum();
  }

  private List<Path> files(Predicate<Path> wanted) throws IOException {
    return files(folder, wanted);
  }

  private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(path -> path.toFile().isFile()).filter(wanted).toList();
    }
  }

  private static Process copyInOwnProcess(String from, String to) throws IOException {
    var line =
        SkopeoLine.with("--insecure-policy", "copy", "-q", "--src-tls-verify=false", from, to);
    return new ProcessBuilder(line.command()).inheritIO().start();
  }

  private void readWhole(String location) {
    FaultyCopies.in(folder).readWhole(location);
  }

  private String layout() {
    return folder + "/layout:t";
  }

  private static String start() {
    return shared + "/start:t";
  }
}
