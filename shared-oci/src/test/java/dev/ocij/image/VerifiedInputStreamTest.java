package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifiedInputStreamTest {
  private static final byte[] CONTENT = "the right bytes".getBytes(StandardCharsets.UTF_8);
  private static final Descriptor EXPECTED = Descriptor.of(MediaType.OCI_LAYER, CONTENT);

  @Test
  void passes_the_right_bytes() throws IOException {
    assertThat(verified(CONTENT).readAllBytes()).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @EnumSource(Digest.Algorithm.class)
  void knows_each_algorithm(Digest.Algorithm algorithm) throws IOException {
    var digest = Digest.from(algorithm, algorithm.newHash().digest(CONTENT));
    var expected = Descriptor.of(MediaType.OCI_LAYER, digest, CONTENT.length);
    try (var in = new VerifiedInputStream(new ByteArrayInputStream(CONTENT), expected)) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
  }

  @Test
  void passes_single_bytes() throws IOException {
    var in = verified(CONTENT);
    for (var expected : CONTENT) {
      assertThat(in.read()).isEqualTo(expected);
    }
    assertThat(in.read()).isEqualTo(-1);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void passes_empty_content() throws IOException {
    var empty = Descriptor.of(MediaType.OCI_LAYER, new byte[0]);
    var in = new VerifiedInputStream(InputStream.nullInputStream(), empty);
    assertThat(in.readAllBytes()).isEmpty();
  }

  @Test
  void counts_what_is_skipped() throws IOException {
    var in = verified(CONTENT);
    in.skipNBytes(4);
    assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 4, CONTENT.length));
    var altered = CONTENT.clone();
    altered[0]++;
    var skipping = verified(altered);
    skipping.skipNBytes(4);
    assertThatExceptionOfType(CorruptBlobException.class).isThrownBy(skipping::readAllBytes);
  }

  @Test
  void refuses_altered_bytes_each_time() {
    var altered = CONTENT.clone();
    altered[3] ^= 1;
    var in = verified(altered);
    var message =
        "expected %s, got %s after 15 bytes".formatted(EXPECTED.digest(), Digest.of(altered));
    assertThatExceptionOfType(CorruptBlobException.class)
        .isThrownBy(in::readAllBytes)
        .withMessage(message)
        .extracting(CorruptBlobException::expected)
        .isEqualTo(EXPECTED);
    assertThatExceptionOfType(CorruptBlobException.class).isThrownBy(in::read);
  }

  /// A reader that takes exactly the bytes it was told of never asks for the end.
  @Test
  void refuses_altered_bytes_with_the_last_of_them() {
    var altered = CONTENT.clone();
    altered[3] ^= 1;
    var in = verified(altered);
    assertThatExceptionOfType(CorruptBlobException.class)
        .isThrownBy(() -> in.readNBytes(CONTENT.length));
  }

  @Test
  void refuses_missing_bytes() {
    assertThatExceptionOfType(CorruptBlobException.class)
        .isThrownBy(verified(Arrays.copyOf(CONTENT, 14))::readAllBytes)
        .withMessage("expected %s, got 14 of 15 bytes".formatted(EXPECTED.digest()));
  }

  @Test
  void refuses_a_byte_too_many_without_reading_on() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatExceptionOfType(CorruptBlobException.class)
        .isThrownBy(() -> new VerifiedInputStream(endless, EXPECTED).transferTo(nowhere()))
        .withMessage("expected %s, got more than its 15 bytes".formatted(EXPECTED.digest()));
  }

  @Test
  void checks_nothing_when_closed_early() throws IOException {
    var in = verified(new byte[100]);
    in.close();
    assertThat(in.markSupported()).isFalse();
  }

  private static OutputStream nowhere() {
    return OutputStream.nullOutputStream();
  }

  private static InputStream verified(byte[] content) {
    return new VerifiedInputStream(new ByteArrayInputStream(content), EXPECTED);
  }
}
