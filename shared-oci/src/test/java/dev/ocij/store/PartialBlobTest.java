package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.image.Blob;
import dev.ocij.image.CorruptBlobException;
import dev.ocij.image.Parallel;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Large blobs that do not come whole at once.
class PartialBlobTest {
  private static final int SIZE = 3 << 20;
  private static final int BROKEN = 2 << 20;

  @TempDir Path folder;
  private final byte[] bytes = new byte[SIZE];
  private final Descriptor descriptor;
  private final List<Long> offsets = Collections.synchronizedList(new ArrayList<>());

  PartialBlobTest() {
    new Random(1).nextBytes(bytes);
    descriptor = Descriptor.of(MediaType.OCI_LAYER, bytes);
  }

  @Test
  void go_on_where_they_broke() throws IOException {
    assertThatThrownBy(() -> store().put(blob(BROKEN))).hasMessage("broken");
    assertThat(leftovers()).hasSize(1);
    assertThat(store().has(descriptor)).isFalse();
    store().put(blob(SIZE));
    assertThat(offsets).containsExactly(0L, (long) BROKEN);
    assertThat(store().open(descriptor)).hasBinaryContent(bytes);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void need_nothing_where_all_came_but_the_name() throws IOException {
    assertThatThrownBy(() -> store().put(blob(BROKEN))).hasMessage("broken");
    Files.write(leftovers().getFirst(), bytes);
    store().put(blob(SIZE));
    assertThat(offsets).hasSize(1);
    assertThat(store().open(descriptor)).hasBinaryContent(bytes);
  }

  @Test
  void begin_again_where_what_came_is_wrong() throws IOException {
    assertThatThrownBy(() -> store().put(blob(BROKEN))).hasMessage("broken");
    Files.write(leftovers().getFirst(), new byte[BROKEN]);
    assertThatThrownBy(() -> store().put(blob(SIZE))).isInstanceOf(CorruptBlobException.class);
    assertThat(leftovers()).isEmpty();
    store().put(blob(SIZE));
    assertThat(store().open(descriptor)).hasBinaryContent(bytes);
  }

  @Test
  void are_written_by_many_at_once() throws IOException {
    Parallel.map(Collections.nCopies(8, blob(SIZE)), 8, store()::put);
    assertThat(store().open(descriptor)).hasBinaryContent(bytes);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void are_kept_for_a_week_and_until_a_prune() throws IOException {
    var layout = ImageStore.of(folder);
    layout.use().close();
    assertThatThrownBy(() -> layout.blobs().put(blob(BROKEN))).hasMessage("broken");
    layout.use().close();
    assertThat(leftovers(layout.blobs())).hasSize(1);
    var eightDays = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
    Files.setLastModifiedTime(leftovers(layout.blobs()).getFirst(), eightDays);
    layout.use().close();
    assertThat(leftovers(layout.blobs())).isEmpty();
    assertThatThrownBy(() -> layout.blobs().put(blob(BROKEN))).hasMessage("broken");
    PendingFile.write(folder, "index.json", IndexFile.empty().bytes());
    layout.prune(ImageStore.Needed.NOTHING);
    assertThat(leftovers(layout.blobs())).isEmpty();
  }

  @Test
  void are_found_damaged_and_mended_once_they_are_there() throws IOException {
    store().put(blob(SIZE));
    var file = store().path(descriptor.digest());
    var damaged = bytes.clone();
    damaged[SIZE / 2] ^= 1;
    Files.write(file, damaged);
    assertThat(store().has(descriptor)).isFalse();
    store().put(blob(SIZE));
    assertThat(store().open(descriptor)).hasBinaryContent(bytes);
    assertThat(offsets).hasSize(2);
  }

  @Test
  void are_read_once_where_another_tool_wrote_them() throws IOException {
    store().put(blob(SIZE));
    var file = store().path(descriptor.digest());
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1)));
    assertThat(store().has(descriptor)).isTrue();
    var sealed = Files.getLastModifiedTime(file);
    assertThat(sealed).isNotEqualTo(FileTime.from(Instant.ofEpochSecond(1)));
    store().put(blob(SIZE));
    assertThat(offsets).hasSize(1);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(sealed);
  }

  /// @param end where the stream breaks
  private Blob.Known blob(int end) {
    return new Blob.Known(
        descriptor,
        new Blob.Opener() {
          @Override
          public InputStream open() {
            return open(0);
          }

          @Override
          public InputStream open(long offset) {
            offsets.add(offset);
            var some = new ByteArrayInputStream(Arrays.copyOfRange(bytes, (int) offset, end));
            return end == SIZE ? some : new SequenceInputStream(some, new Broken());
          }
        });
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw new IOException("broken");
    }
  }

  private BlobStore store() {
    return new BlobStore(folder);
  }

  private List<Path> leftovers() throws IOException {
    return leftovers(store());
  }

  private static List<Path> leftovers(BlobStore store) throws IOException {
    try (var files = Files.list(store.directory())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
