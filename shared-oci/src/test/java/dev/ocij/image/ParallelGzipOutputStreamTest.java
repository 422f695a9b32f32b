package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelGzipOutputStreamTest {
  private static final int BLOCK = 1 << 17;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3_000_000})
  void is_read_back_by_java(int size) throws IOException {
    for (var content : new byte[][] {text(size), noise(size), new byte[size]}) {
      var compressed = compressed(content, -1, size);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
          .isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK, 3_000_000})
  @Tag("tool")
  void is_read_back_by_gzip(int size, @TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/gzip")), "gzip is not installed");
    var file = Files.write(folder.resolve("file.gz"), compressed(text(size), 9, 999));
    var plain = folder.resolve("plain");
    var gzip =
        new ProcessBuilder("/bin/gzip", "-dc", file.toString())
            .redirectOutput(plain.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(gzip.waitFor()).isZero();
    assertThat(plain).hasBinaryContent(text(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, BLOCK, BLOCK + 1, 400_000})
  void does_not_depend_on_how_it_is_written(int piece) throws IOException {
    var content = text(400_000);
    assertThat(compressed(content, 6, piece)).isEqualTo(compressed(content, 6, content.length));
  }

  @Test
  void is_hardly_larger_than_what_one_thread_makes() throws IOException {
    var content = text(3_000_000);
    var whole = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(whole)) {
      out.write(content);
    }
    assertThat(compressed(content, -1, content.length).length).isLessThan(whole.size() * 101 / 100);
  }

  @Test
  void closes_the_stream_below_once() throws IOException {
    var closed = new AtomicInteger();
    var below =
        new FilterOutputStream(OutputStream.nullOutputStream()) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    var out = new ParallelGzipOutputStream(below, 1);
    out.write(text(500_000));
    out.close();
    out.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void stops_where_the_stream_below_fails() throws IOException {
    var closed = new AtomicInteger();
    var below =
        new OutputStream() {
          private int left = 1000;

          @Override
          public void write(int b) throws IOException {
            if (left-- == 0) {
              throw new IOException("disk full");
            }
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    var out = new ParallelGzipOutputStream(below, 1);
    assertThatIOException().isThrownBy(() -> out.write(noise(5_000_000))).withMessage("disk full");
    out.close();
    assertThat(closed).hasValue(1);
    assertThat(below.left).as("nothing is written afterwards").isEqualTo(-1);
  }

  @Test
  void heeds_an_interrupt() throws IOException {
    var out = new ParallelGzipOutputStream(OutputStream.nullOutputStream(), 9);
    Thread.currentThread().interrupt();
    assertThatIOException()
        .isThrownBy(() -> out.write(text(5_000_000)))
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    out.close();
  }

  private static byte[] compressed(byte[] content, int level, int piece) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ParallelGzipOutputStream(bytes, level)) {
      for (int at = 0; at < content.length; at += piece) {
        out.write(content, at, Math.min(piece, content.length - at));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] text(int size) {
    var random = new Random(1);
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i > 60 && random.nextInt(9) > 0 ? bytes[i - 60] : random.nextInt(90));
    }
    return bytes;
  }

  private static byte[] noise(int size) {
    var bytes = new byte[size];
    new Random(2).nextBytes(bytes);
    return bytes;
  }
}
