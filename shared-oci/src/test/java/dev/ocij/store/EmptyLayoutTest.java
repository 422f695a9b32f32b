package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.image.Parallel;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of a layout that was made for an image which never came.
class EmptyLayoutTest {
  private static final int WRITERS = 3;
  private static final int IMAGES = 10;

  @TempDir Path folder;

  @Test
  void it_goes_again() throws IOException {
    begin(layout());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_directory_that_was_there_stays_with_what_is_in_it() throws IOException {
    Files.createDirectories(layout());
    Files.writeString(layout().resolve("notes"), "mine");
    begin(layout());
    assertThat(layout()).isDirectoryContaining("glob:**/notes");
    assertThat(layout().toFile().list()).containsExactly("notes");
  }

  @Test
  void a_blob_stays_for_the_next_attempt() throws IOException {
    try (var sink = new LayoutTransport().openSink(layout() + ":v1")) {
      sink.put(SampleImage.oci(1).config());
    }
    assertThat(ImageStore.of(layout()).blobs().digests()).hasSize(1);
    assertThat(ImageStore.of(layout()).folder().isMade()).isTrue();
  }

  @Test
  void somebody_else_keeps_it() throws IOException {
    var transport = new LayoutTransport();
    var first = transport.openSink(layout() + ":v1");
    try (var second = transport.openSink(layout() + ":v2")) {
      first.close();
      assertThat(ImageStore.of(layout()).folder().isMade()).isTrue();
      SampleImage.oci(2).putBlobs(second);
      second.commit(SampleImage.oci(2).manifest());
    }
    assertThat(ImageStore.of(layout()).entries().names()).containsExactly("v2");
  }

  @Test
  void threads_that_make_it_and_take_it_away_are_in_nobodys_way() throws IOException {
    var rounds = IntStream.range(0, 200).boxed().toList();
    Parallel.map(
        rounds,
        4,
        _ -> {
          begin(layout());
          return 0;
        });
    LayoutWriter.main(new String[] {layout().toString(), "v", "1", "1"});
    assertThat(ImageStore.of(layout()).entries().names()).containsExactly("v1");
  }

  @Test
  void processes_that_take_it_away_lose_nothing_of_others() throws Exception {
    var writers = new ArrayList<Process>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(LayoutWriter.process(layout().toString(), "v", i * IMAGES, IMAGES).start());
    }
    while (writers.stream().anyMatch(Process::isAlive)) {
      begin(layout());
    }
    for (var writer : writers) {
      assertThat(writer.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }
    assertThat(ImageStore.of(layout()).entries().names()).hasSize(WRITERS * IMAGES);
  }

  private static void begin(Path layout) throws IOException {
    new LayoutTransport().openSink(layout + ":v1").close();
  }

  private Path layout() {
    return folder.resolve("made");
  }
}
