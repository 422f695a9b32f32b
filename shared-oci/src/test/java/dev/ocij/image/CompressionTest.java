package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressionTest {
  private static final byte[] CONTENT = content(300_000);
  private static final byte SIXTY_FOUR_MEBIBYTES = 28;
  private static final byte TWO_HUNDRED_FIFTY_SIX_MEBIBYTES = 32;

  @ParameterizedTest
  @EnumSource
  void is_told_from_the_first_bytes_and_read_back(Compression compression) throws IOException {
    var compressed = compressed(compression, CONTENT);
    var in = new BufferedInputStream(new ByteArrayInputStream(compressed));
    assertThat(Compression.detect(in)).isEqualTo(compression);
    assertThat(in.readAllBytes()).as("left at its start").isEqualTo(compressed);
    assertThat(decompressed(compressed)).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @EnumSource
  void holds_nothing_too(Compression compression) throws IOException {
    assertThat(decompressed(compressed(compression, new byte[0]))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "BZ", "\u001f", "short", "PK\u0003\u0004 and so on"})
  void is_none_where_no_magic_stands(String text) throws IOException {
    assertThat(decompressed(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void reads_all_members_and_frames(Compression compression) throws IOException {
    var first = compressed(compression, content(10));
    var second = compressed(compression, CONTENT);
    assertThat(decompressed(concat(first, second))).isEqualTo(concat(content(10), CONTENT));
  }

  /// Streams from a network tell that nothing is available while more will come; that is no end.
  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void reads_all_members_and_frames_from_a_slow_stream(Compression compression) throws IOException {
    var first = compressed(compression, content(10));
    var second = compressed(compression, CONTENT);
    var slow =
        new FilterInputStream(new ByteArrayInputStream(concat(first, second))) {
          @Override
          public int available() {
            return 0;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, 1));
          }
        };
    assertThat(Compression.decompressAny(slow).readAllBytes())
        .isEqualTo(concat(content(10), CONTENT));
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refuses_input_that_ends_too_early(Compression compression) throws IOException {
    var compressed = compressed(compression, CONTENT);
    for (int missing : new int[] {1, 8, compressed.length / 2, compressed.length - 7}) {
      var truncated = Arrays.copyOf(compressed, compressed.length - missing);
      assertThatThrownBy(() -> decompressed(truncated))
          .as("%d bytes missing", missing)
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refuses_altered_input(Compression compression) throws IOException {
    var altered = compressed(compression, CONTENT);
    altered[altered.length / 2] ^= 0x55;
    assertThatThrownBy(() -> decompressed(altered)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refuses_garbage_behind_the_end(Compression compression) throws IOException {
    var followed =
        concat(compressed(compression, CONTENT), "garbage".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> decompressed(followed)).isInstanceOf(IOException.class);
  }

  @Test
  void reads_what_xz_writes_at_its_best_and_no_larger_dictionaries() throws IOException {
    assertThat(decompressed(xz(SIXTY_FOUR_MEBIBYTES))).isEqualTo(CONTENT);
    var demanding = xz(TWO_HUNDRED_FIFTY_SIX_MEBIBYTES);
    assertThatThrownBy(() -> decompressed(demanding))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f8b08", "28b52ffd", "fd377a585a00", "425a68"})
  void closes_the_stream_where_nothing_follows_the_magic(String magic) {
    var closed = new AtomicBoolean();
    var in =
        new ByteArrayInputStream(HexFormat.of().parseHex(magic)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThatThrownBy(
            () -> {
              try (var plain = Compression.decompressAny(in)) {
                plain.readAllBytes();
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(closed).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"GZIP, 1, 9", "ZSTD, 1, 19"})
  void takes_the_level_of_its_scale(Compression compression, int low, int high) throws IOException {
    assertThat(compressed(compression, CONTENT, low).length)
        .isGreaterThan(compressed(compression, CONTENT, high).length);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void writes_the_same_bytes_each_time(Compression compression) throws IOException {
    assertThat(compressed(compression, CONTENT)).isEqualTo(compressed(compression, CONTENT));
  }

  @ParameterizedTest
  @EnumSource(names = {"XZ", "BZIP2"})
  void does_not_write_what_no_layer_has(Compression compression) {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> compression.compress(OutputStream.nullOutputStream(), -1));
  }

  private static byte[] content(int size) {
    var random = new Random(size);
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i > 50 && random.nextInt(4) > 0 ? bytes[i - 50] : random.nextInt(64));
    }
    return bytes;
  }

  private static byte[] compressed(Compression compression, byte[] content) throws IOException {
    return compressed(compression, content, Compression.DEFAULT_LEVEL);
  }

  private static byte[] compressed(Compression compression, byte[] content, int level)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = compressor(compression, bytes, level)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static OutputStream compressor(Compression compression, OutputStream out, int level)
      throws IOException {
    return switch (compression) {
      case NONE, GZIP, ZSTD -> compression.compress(out, level);
      case XZ -> new XZOutputStream(out, new LZMA2Options());
      case BZIP2 -> new BZip2CompressorOutputStream(out);
    };
  }

  /// What demands a dictionary of this size of its readers, by the code in the header of its block,
  /// which stands behind the twelve bytes of the stream's.
  private static byte[] xz(byte dictionary) throws IOException {
    var bytes = compressed(Compression.XZ, CONTENT);
    bytes[16] = dictionary;
    var crc = new CRC32();
    crc.update(bytes, 12, 8);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(20, (int) crc.getValue());
    return bytes;
  }

  private static byte[] decompressed(byte[] compressed) throws IOException {
    try (InputStream in = Compression.decompressAny(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
