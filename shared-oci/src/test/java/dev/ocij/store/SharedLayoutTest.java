package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One layout and many processes, some of which are killed.
class SharedLayoutTest {
  private static final int WRITERS = 8;
  private static final int IMAGES = 5;
  private static final int KILLS = 4;

  @TempDir Path folder;

  @Test
  void eight_processes_lose_nothing() throws Exception {
    var writers = new ArrayList<Process>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(LayoutWriter.process(folder.toString(), "v", i * IMAGES, IMAGES).start());
    }
    for (var writer : writers) {
      assertThat(writer.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }
    assertThat(ImageStore.of(folder).entries().names()).hasSize(WRITERS * IMAGES);
    assertAllWhole();
  }

  @Test
  void a_kill_at_any_moment_leaves_a_valid_layout() throws Exception {
    var random = new Random();
    int before = 0;
    for (int i = 0; i < KILLS; i++) {
      var writer = LayoutWriter.process(folder.toString(), "v", i * 100_000, 100_000).start();
      awaitImages(before + 1);
      assertThat(writer.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS)).isFalse();
      writer.destroyForcibly().waitFor();
      int now = assertAllWhole();
      assertThat(now).isGreaterThan(before);
      before = now;
    }
    LayoutWriter.main(new String[] {folder.toString(), "last", "1", "1"});
    try (var files = Files.list(folder.resolve("blobs"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("sha256");
    }
  }

  private void awaitImages(int count) throws IOException, InterruptedException {
    var store = ImageStore.of(folder);
    while (!store.exists() || store.entries().all().size() < count) {
      TimeUnit.MILLISECONDS.sleep(5); // another process is at work
    }
  }

  /// Reads every image to its end.
  private int assertAllWhole() throws IOException {
    var names = ImageStore.of(folder).entries().names().toList();
    for (var name : names) {
      try (var source = new LayoutTransport().openSource(folder + ":" + name)) {
        for (var blob : Contents.of(source.document())) {
          try (var in = source.blob(blob).open()) {
            in.skipNBytes(blob.size());
            assertThat(in.read()).isEqualTo(-1);
          }
        }
      }
    }
    return names.size();
  }
}
