package dev.ocij.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PipedTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65535, 65536, 65537, 1_000_000})
  void delivers_all_bytes_in_order(int size) throws IOException {
    var content = new byte[size];
    new Random(1).nextBytes(content);
    try (var in = Piped.from(out -> out.write(content))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void delivers_single_bytes() throws IOException {
    try (var in =
        Piped.from(out -> {
          for (int i = 0; i < 70_000; i++) {
            out.write(i);
          }
        })) {
      for (int i = 0; i < 70_000; i++) {
        assertThat(in.read()).isEqualTo(i & 0xff);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void hands_over_what_was_flushed_while_the_producer_goes_on() throws IOException {
    var read = new CountDownLatch(1);
    try (var in =
        Piped.from(out -> {
          out.write(7);
          out.flush();
          awaitQuietly(read);
        })) {
      assertThat(in.read()).isEqualTo(7);
      read.countDown();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void lets_the_producer_close_its_stream() throws IOException {
    try (var in =
        Piped.from(out -> {
          try (out) {
            out.write(1);
          }
        })) {
      assertThat(in.readAllBytes()).containsExactly(1);
    }
  }

  @Test
  void delivers_a_failure_in_place_of_the_end_each_time() throws IOException {
    var corrupt = new CorruptBlobException(Descriptor.of(MediaType.OCI_LAYER, new byte[1]), "none");
    try (var in =
        Piped.from(out -> {
          out.write(new byte[100]);
          throw corrupt;
        })) {
      assertThat(in.readNBytes(100)).hasSize(100);
      assertThatThrownBy(in::read).isSameAs(corrupt);
      assertThatThrownBy(in::readAllBytes).isSameAs(corrupt);
    }
  }

  @Test
  void delivers_failures_that_are_no_exceptions_of_io() throws IOException {
    for (var failure : new Throwable[] {new IllegalStateException("x"), new StackOverflowError()}) {
      try (var in = Piped.from(_ -> throwAny(failure))) {
        assertThatThrownBy(in::read).isSameAs(failure);
      }
    }
  }

  @Test
  void ends_the_producer_when_it_is_closed_early() throws IOException {
    var stopped = new AtomicBoolean();
    var in =
        Piped.from(out -> {
          try {
            while (true) {
              out.write(new byte[100_000]);
            }
          } finally {
            stopped.set(true);
          }
        });
    assertThat(in.read()).isZero();
    in.close();
    assertThat(stopped).isTrue();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(in::read)
        .withMessageContaining("closed");
  }

  @Test
  void is_closed_after_its_producer_even_when_interrupted() throws IOException {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var stopped = new AtomicBoolean();
    var in =
        Piped.from(out -> {
          begun.countDown();
          awaitQuietly(goOn);
          stopped.set(true);
        });
    awaitQuietly(begun);
    Thread.currentThread().interrupt();
    Thread.startVirtualThread(goOn::countDown);
    in.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped).isTrue();
  }

  @Test
  void wakes_a_reader_that_is_interrupted() throws Exception {
    var never = new CountDownLatch(1);
    var thrown = new AtomicReference<Exception>();
    try (var in = Piped.from(_ -> awaitQuietly(never))) {
      var reader = Thread.startVirtualThread(() -> thrown.set(failureOf(in)));
      reader.interrupt();
      reader.join();
      never.countDown();
    }
    assertThat(thrown.get()).hasMessageContaining("interrupted");
  }

  private static Exception failureOf(InputStream in) {
    try {
      throw new AssertionError("read " + in.read());
    } catch (IOException e) {
      return e;
    }
  }

  private static void throwAny(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
