package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.image.Image;
import dev.ocij.spec.OciException;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.Transport;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Copies that are killed at any moment, two hundred of them: what was there stays whole, what is
/// new is whole or absent, and the same command finishes and leaves nothing else.
@Execution(ExecutionMode.CONCURRENT)
@Tag("distribution")
@Tag("tool")
class KilledCopyTest {
  private static final int ROUNDS = 14;
  private static final int KILLS = 3;
  private static final int LAYER = 2 << 20;
  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final AtomicInteger KILLED = new AtomicInteger();
  @TempDir private static Path sources;
  @TempDir private Path folder;

  @BeforeAll
  static void images() throws IOException {
    for (int i = 0; i <= KILLS; i++) {
      var image = SampleImage.large(i, LAYER);
      try (var sink = new LayoutTransport().openSink(sources + "/from:" + i)) {
        image.putBlobs(sink);
        sink.commit(image.manifest());
      }
    }
  }

  /// Some end before the signal comes.
  @AfterAll
  static void most_died() {
    assertThat(KILLED.get()).isGreaterThan(STARTED.get() / 2);
  }

  @RepeatedTest(ROUNDS)
  void into_a_layout() throws Exception {
    var layout = folder.resolve("layout");
    killed("oci:" + layout + ":", new LayoutTransport(), layout + ":");
    assertNothingElse(layout);
  }

  @RepeatedTest(ROUNDS)
  void into_the_store() throws Exception {
    var layout = folder.resolve("ocij/images");
    Files.createDirectories(layout.getParent());
    killed("containers-storage:", new LayoutTransport(), layout + ":");
    assertNothingElse(layout);
  }

  @RepeatedTest(ROUNDS)
  void into_directories() throws Exception {
    Files.createDirectories(folder.resolve("localhost"));
    killed("dir:" + folder + "/", new DirectoryTransport(), folder + "/");
    for (int i = 0; i <= KILLS; i++) {
      // Three blobs, a manifest, a version.
      assertThat(folder.resolve(name(i)).toFile().list()).hasSize(5);
    }
    assertThat(folder.resolve("localhost").toFile().list()).hasSize(KILLS + 1);
  }

  /// @param to what a location begins with
  /// @param as what reads there
  /// @param place what a name begins with for that
  private void killed(String to, Transport as, String place) throws Exception {
    rerun(0, as, place);
    for (int i = 1; i <= KILLS; i++) {
      kill(copy(i, to), folder);
      assertThat(isWhole(as, place + name(0))).as("what was there").isTrue();
      var _ = isWhole(as, place + name(i));
    }
    copy(1, to).outcome().succeeded();
    for (int i = 1; i <= KILLS; i++) {
      rerun(i, as, place);
      assertThat(isWhole(as, place + name(i))).isTrue();
    }
    var image = as.name() + ":" + place + name(1);
    Tool.required("skopeo")
        .output("--insecure-policy", "copy", "-q", image, "dir:" + folder + "/read");
  }

  /// What the command does, without the start of a virtual machine.
  private static void rerun(int number, Transport as, String place) throws IOException {
    try (var source = new LayoutTransport().openSource(sources + "/from:" + number);
        var sink = as.openSink(place + name(number))) {
      sink.commit(source.read().write(sink));
    }
  }

  /// Half of them while they write, for the start takes longer than all the rest.
  private static void kill(Run copy, Path place) throws IOException, InterruptedException {
    var random = ThreadLocalRandom.current();
    long before = count(place);
    var builder = new ProcessBuilder(copy.command()).redirectErrorStream(true);
    builder.environment().putAll(copy.environment());
    var process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    STARTED.incrementAndGet();
    boolean late = random.nextBoolean();
    for (int i = 0; late && i < 2000 && count(place) == before && process.isAlive(); i++) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    process.waitFor(random.nextLong(late ? 60 : 600), TimeUnit.MILLISECONDS);
    if (process.isAlive()) {
      KILLED.incrementAndGet();
    }
    process.destroyForcibly().waitFor();
  }

  private Run copy(int number, String to) {
    var from = "oci:%s/from:%d".formatted(sources, number);
    return Launcher.SKOPEO_J
        .with("--insecure-policy", "copy", "-q", from, to + name(number))
        .with(Map.of("XDG_DATA_HOME", folder.toString()));
  }

  private static String name(int number) {
    return "localhost/image%d:t".formatted(number);
  }

  /// Reads all of it.
  ///
  /// @return false where there is none; what is there in part fails
  private static boolean isWhole(Transport as, String name) throws IOException {
    try (var source = as.openSource(name)) {
      var image = (Image) source.read();
      for (var blob : image.layers()) {
        blob.open().transferTo(OutputStream.nullOutputStream());
      }
      image.readConfig();
      return true;
    } catch (OciException e) {
      assertThat(e)
          .message()
          .matches(
              "open .*: no descriptor found for reference .*|open .*/manifest.json: no such .*");
      return false;
    }
  }

  /// Three blobs and a manifest for each image.
  private static void assertNothingElse(Path layout) throws IOException {
    List<String> files;
    try (var all = Files.walk(layout)) {
      files =
          all.filter(Files::isRegularFile).map(file -> layout.relativize(file).toString()).toList();
    }
    assertThat(files)
        .filteredOn(file -> !file.matches("blobs/sha256/[0-9a-f]{64}"))
        .containsOnly("index.json", "oci-layout", ".index.lock", ".use.lock");
    assertThat(files).hasSize(4 + (KILLS + 1) * 4);
  }

  /// Files that are there, whole or not.
  private static long count(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      return all.count();
    } catch (UncheckedIOException _) {
      return -1; // one went while we looked: something is written
    }
  }
}
