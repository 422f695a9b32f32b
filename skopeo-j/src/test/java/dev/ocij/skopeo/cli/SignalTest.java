package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.FaultyRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A copy that somebody ends in its midst ends at once, with the status that shells expect, and
/// leaves nothing but what the same command goes on with.
@Tag("distribution")
@Tag("tool")
@Timeout(60)
class SignalTest {
  @AutoClose private static DockerRegistry registry;
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private Path temporary;

  @BeforeAll
  static void a_registry_with_an_image() {
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
    SkopeoLine.copy(start.oci(StartImages.SINGLE), docker(registry.host(), "here")).succeeded();
  }

  @BeforeEach
  void prepare() throws IOException {
    temporary = Files.createDirectory(folder.resolve("temporary"));
    Files.createDirectory(folder.resolve("place"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          INT,  130, dir:PLACE/new
          TERM, 143, dir:PLACE/new
          TERM, 143, oci:PLACE/new:t
          INT,  130, oci-archive:PLACE/new:t
          TERM, 143, docker-archive:PLACE/new:x.example/a:t
          """)
  void while_an_image_comes(String signal, int status, String to) throws Exception {
    var place = to.replace("PLACE", folder.resolve("place").toString());
    try (var silent =
        FaultyRegistry.before(registry, "stall,match=blob-get,times=0,delay=60,after=40")) {
      var copy = begin(docker(silent.host(), "here"), place, silent);
      assertThat(files()).isNotEmpty();
      assertEnds(copy, signal, status);
    }
    assertThat(temporary).isEmptyDirectory();
    if (to.startsWith("oci:")) {
      assertThat(files()).noneMatch(file -> file.contains(".tmp-") || file.endsWith("index.json"));
    } else {
      assertThat(folder.resolve("place")).isEmptyDirectory();
    }
    SkopeoLine.copy(docker(registry.host(), "here"), place).succeeded();
    assertThat(files()).isNotEmpty().noneMatch(file -> file.matches(".*/\\.(tmp|partial)-.*"));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void while_layers_are_made_and_sent(String signal, int status) throws Exception {
    var mute = "mute,match=upload-put|upload-patch|manifest-put,times=0,delay=60";
    try (var silent = FaultyRegistry.before(registry, mute)) {
      var to = docker(silent.host(), "there");
      var zstd = List.of("--dest-compress-format=zstd", "--dest-force-compress-format");
      assertEnds(begin(start.oci(StartImages.SINGLE), to, silent, zstd), signal, status);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  private Process begin(String from, String to, FaultyRegistry silent) throws Exception {
    return begin(from, to, silent, List.of());
  }

  /// A copy that waits for the registry. Whoever runs the tests may have its signals ignored.
  private Process begin(String from, String to, FaultyRegistry silent, List<String> options)
      throws Exception {
    var line = new ArrayList<>(List.of("env", "--default-signal=INT,TERM"));
    line.add(Launcher.SKOPEO_J.script().toString());
    line.addAll(List.of("--insecure-policy", "copy", "-q"));
    line.addAll(List.of("--src-tls-verify=false", "--dest-tls-verify=false"));
    line.addAll(options);
    line.addAll(List.of(from, to));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("TMPDIR", temporary.toString());
    var copy = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    while (silent.fired() == 0 && copy.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    TimeUnit.MILLISECONDS.sleep(200);
    return copy;
  }

  private static void assertEnds(Process copy, String signal, int status) throws Exception {
    assertThat(copy.isAlive()).as("it waits").isTrue();
    Tool.required("kill").output("-" + signal, Long.toString(copy.pid()));
    boolean ended = copy.waitFor(2, TimeUnit.SECONDS);
    copy.destroyForcibly().waitFor();
    assertThat(ended).as("within two seconds").isTrue();
    assertThat(copy.exitValue()).isEqualTo(status);
  }

  /// What is in the place that is written to, from there.
  private List<String> files() {
    var place = folder.resolve("place");
    try (var all = Files.walk(place)) {
      return all.skip(1).map(file -> "/" + place.relativize(file)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String docker(String host, String name) {
    return "docker://%s/signal/%s:t".formatted(host, name);
  }
}
